package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandlerRoutesTest {
  private static final String PATH = "/api/handlers/source";
  private TestBox box;

  @BeforeEach
  void start() throws PortRefusedException {
    box = new TestBox();
  }

  @AfterEach
  void stop() {
    box.close();
  }

  @Test
  void theOwnerSeesTheOfferedAndTheRunningText() {
    HttpResponse<String> response = box.getAsOwner(PATH + "?file=drivers/Broken.java");

    assertEquals(200, response.statusCode());
    assertEquals(
        box.json(
            """
            {"file": "drivers/Broken.java",
             "hash": "44f419244559ce433288e5b39bfa9fe3cdabf8893d32222970dbcd15b6a418de",
             "text": "int a = 1\\n",
             "running": {
               "hash": "f9d474b81d62f2dbd45efbb01be01794f9f77b523c1be2ddce417d2d1208ff4c",
               "text": "int a = 1;\\n"}}
            """),
        box.json(response.body()));
  }

  @Test
  void whatCameWithTheBoxHasNoText() {
    assertEquals(
        box.json(
            """
            {"file": "drivers/TestDriver.java", "hash": null, "text": null, "running": null}
            """),
        box.json(box.getAsOwner(PATH + "?file=drivers/TestDriver.java").body()));
  }

  @Test
  void nobodyElseSeesSources() {
    HttpResponse<String> response = box.get(PATH + "?file=drivers/Broken.java");

    assertEquals(401, response.statusCode());
    assertFalse(response.body().contains("int a"), response.body());
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    HttpResponse<String> response = box.getAsOwner(PATH + "?file=../secret");

    assertEquals(404, response.statusCode());
    assertEquals(
        "There is no handler file \"../secret\" now; the status lists them.\n", response.body());
  }

  @Test
  void aQuestionWithoutAFileIsRefused() {
    for (String query : new String[] {"", "?file=", "?files=a"}) {
      HttpResponse<String> response = box.getAsOwner(PATH + query);
      assertEquals(400, response.statusCode());
      assertEquals(
          "Say which file, by the name that the status has for it: ?file=…\n", response.body());
    }
  }
}
