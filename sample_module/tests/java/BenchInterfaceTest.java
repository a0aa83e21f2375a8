import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.Device;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BenchInterfaceTest {
  private final BenchInterface bench = new BenchInterface();
  private BenchEmulator scale;
  private BenchEmulator caliper;

  @BeforeEach
  void switchOn() throws Exception {
    scale = new BenchEmulator().answer("*IDN?", "Acme, Scale 6 ,S1,1.0");
    caliper = new BenchEmulator().answer("*IDN?", "Acme,Caliper,C1");
  }

  @AfterEach
  void switchOff() throws Exception {
    System.clearProperty("bench.instruments");
    scale.close();
    caliper.close();
  }

  @Test
  void everyInstrumentThatTellsItsNameIsListed() {
    Map<String, Device> devices = detect(scale.address() + ", " + caliper.address());
    assertEquals(Set.of("bench_S1", "bench_C1"), devices.keySet());
    assertEquals(
        Map.of(
            "identifier", "bench_S1",
            "host", "127.0.0.1",
            "port", scale.port(),
            "maker", "Acme",
            "model", "Scale 6",
            "serial", "S1"),
        devices.get("bench_S1").attributes());
  }

  @Test
  void withoutAddressesThereIsNothing() {
    assertTrue(detect("").isEmpty());
    assertTrue(detect(" , ").isEmpty());
  }

  @Test
  void whoIsOffSilentOrUnknownIsNotThere() throws Exception {
    BenchEmulator off = new BenchEmulator();
    off.close();
    try (BenchEmulator silent = new BenchEmulator();
        BenchEmulator stranger = new BenchEmulator().answer("*IDN?", "HTTP/1.1 400")) {
      Map<String, Device> devices =
          detect(
              String.join(
                  ",", off.address(), silent.address(), stranger.address(), scale.address()));
      assertEquals(Set.of("bench_S1"), devices.keySet());
    }
  }

  @Test
  void aWrongAddressDoesNotHideTheOthers() {
    assertEquals(
        Set.of("bench_S1"), detect("nonsense,host:,host:99999," + scale.address()).keySet());
  }

  @Test
  void anInstrumentGoesWhenItIsSwitchedOff() throws Exception {
    String addresses = scale.address() + "," + caliper.address();
    assertEquals(2, detect(addresses).size());
    scale.close();
    assertFalse(detect(addresses).containsKey("bench_S1"));
  }

  @Test
  void itLooksEveryTwoSeconds() {
    assertEquals(Duration.ofSeconds(2), bench.loopDelay());
  }

  private Map<String, Device> detect(String addresses) {
    System.setProperty("bench.instruments", addresses);
    return bench.getDevices();
  }
}
