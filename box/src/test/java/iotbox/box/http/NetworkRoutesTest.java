package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.ResultMetadataType;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import iotbox.box.http.part.NetworkView;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkRoutesTest {
  private static final int PIXELS = 4;

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
  void addressesAndNamesAreTold() {
    HttpResponse<String> response = box.get("/api/network");
    assertEquals(200, response.statusCode());
    assertEquals(
        box.json(
            "{\"address\":\"http://192.0.2.7:8069\",\"reachable\":true,"
                + "\"urls\":[\"http://192.0.2.7:8069\"],\"names\":[\"box\"],\"allowedHosts\":[]}"),
        box.json(response.body()));
  }

  @Test
  void aCameraReadsTheAddress() throws Exception {
    for (String address :
        List.of(
            "http://192.0.2.7:8069",
            "https://192-168-100-250.0123456789abcdef.odoo-iot.com",
            "http://[fd00:1234:5678:9abc:def0:1234:5678:9abc]:8069")) {
      box.network = new NetworkView(address, true, List.of(address), List.of(), List.of());
      HttpResponse<String> response = box.get("/homepage/address.svg");
      assertEquals(200, response.statusCode());
      assertEquals(
          "image/svg+xml;charset=utf-8", response.headers().firstValue("Content-Type").get());

      var read = new QRCodeReader().decode(rendered(response.body()));

      assertEquals(address, read.getText());
      assertEquals("M", read.getResultMetadata().get(ResultMetadataType.ERROR_CORRECTION_LEVEL));
    }
  }

  @Test
  void aPictureWithoutACodeIsNotRead() {
    String empty = "<svg viewBox=\"0 0 29 29\"><path fill=\"#fff\" d=\"M0 0h29v29H0z\"/></svg>";
    assertThrows(ReaderException.class, () -> new QRCodeReader().decode(rendered(empty)));
  }

  @Test
  void theQuietZoneBelongsToIt() {
    String svg = box.get("/homepage/address.svg").body();
    Matcher runs = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1").matcher(svg);
    int size = size(svg);
    int seen = 0;
    while (runs.find()) {
      seen++;
      int x = Integer.parseInt(runs.group(1));
      int y = Integer.parseInt(runs.group(2));
      assertTrue(x >= 4 && y >= 4 && y < size - 4, runs.group());
      assertTrue(x + Integer.parseInt(runs.group(3)) <= size - 4, runs.group());
    }
    assertTrue(seen > 50, seen + " runs");
  }

  private static int size(String svg) {
    Matcher box = Pattern.compile("viewBox=\"0 0 (\\d+) \\1\"").matcher(svg);
    assertTrue(box.find(), svg);
    return Integer.parseInt(box.group(1));
  }

  /** As a browser would draw it. */
  private static BinaryBitmap rendered(String svg) {
    int width = size(svg) * PIXELS;
    int[] pixels = new int[width * width];
    Arrays.fill(pixels, 0xffffff);
    Matcher runs = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1").matcher(svg);
    while (runs.find()) {
      int x = Integer.parseInt(runs.group(1)) * PIXELS;
      int y = Integer.parseInt(runs.group(2)) * PIXELS;
      int length = Integer.parseInt(runs.group(3)) * PIXELS;
      for (int row = y; row < y + PIXELS; row++) {
        Arrays.fill(pixels, row * width + x, row * width + x + length, 0);
      }
    }
    return new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, width, pixels)));
  }
}
