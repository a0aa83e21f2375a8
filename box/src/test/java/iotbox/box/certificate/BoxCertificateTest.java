package iotbox.box.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import iotbox.box.certificate.BoxCertificate.Origin;
import java.util.List;
import java.util.Set;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

class BoxCertificateTest {
  private static final String ADDRESS = "192.168.1.5";

  private static BoxCertificate certificate(Origin origin, String subject, String... names) {
    HeldCertificate.Builder builder = new HeldCertificate.Builder().commonName("till");
    for (String name : names) {
      builder.addSubjectAlternativeName(name);
    }
    HeldCertificate held = builder.build();
    return new BoxCertificate(
        origin, subject, held.keyPair().getPrivate(), List.of(held.certificate()));
  }

  @Test
  void anIssuedOneGivesTheAddressAName() {
    assertEquals(
        "192-168-1-5.abc.odoo-iot.com",
        certificate(Origin.ISSUED, "*.abc.odoo-iot.com").domain(ADDRESS));
  }

  @Test
  void oneOfAPersonForANameIsReachedByThatName() {
    assertEquals(
        "till.shop.example",
        certificate(Origin.OWN, null, "*.shop.example", "till.shop.example", "other.example")
            .domain(ADDRESS));
  }

  @Test
  void oneOfAPersonForTheAddressIsReachedByTheAddress() {
    assertNull(certificate(Origin.OWN, null, "till.shop.example", ADDRESS).domain(ADDRESS));
  }

  @Test
  void itsNamesAreThoseByWhichABrowserMayAsk() {
    assertEquals(
        Set.of("*.abc.odoo-iot.com"),
        certificate(Origin.ISSUED, "*.ABC.odoo-iot.com", ADDRESS).names());
    assertEquals(
        Set.of("*.shop.example", "till.shop.example"),
        certificate(Origin.OWN, null, "*.shop.example", "Till.shop.example", ADDRESS).names());
    assertEquals(Set.of(), certificate(Origin.OWN, null).names());
  }

  @Test
  void oneWithoutAUsableNameIsReachedByTheAddress() {
    assertNull(certificate(Origin.OWN, null).domain(ADDRESS));
    assertNull(certificate(Origin.OWN, null, "*.shop.example", "10.0.0.1").domain(ADDRESS));
    assertNull(certificate(Origin.SELF_SIGNED, null, "till", ADDRESS).domain(ADDRESS));
  }
}
