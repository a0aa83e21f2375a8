package iotbox.box.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.certificate.BoxCertificate.Origin;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

class PemTest {
  private static final HeldCertificate RSA = made().rsa2048().build();
  private static final HeldCertificate EC = made().ecdsa256().build();

  private static HeldCertificate.Builder made() {
    return new HeldCertificate.Builder().commonName("till");
  }

  @Test
  void readsTheFormsOfKeysThatServicesAndToolsWrite() throws Exception {
    assertEquals(RSA.keyPair().getPrivate(), read(RSA, RSA.privateKeyPkcs8Pem()).key());
    assertEquals(RSA.keyPair().getPrivate(), read(RSA, RSA.privateKeyPkcs1Pem()).key());
    assertEquals(EC.keyPair().getPrivate(), read(EC, EC.privateKeyPkcs8Pem()).key());
    assertEquals(EC.keyPair().getPrivate(), read(EC, sec1()).key());
  }

  @Test
  void readsTheWholeChainInItsOrder() throws Exception {
    HeldCertificate root = made().certificateAuthority(0).build();
    HeldCertificate leaf = made().signedBy(root).build();
    BoxCertificate read =
        Pem.read(
            Origin.OWN,
            null,
            "some words\n" + leaf.certificatePem() + "\r\n" + root.certificatePem(),
            leaf.privateKeyPkcs8Pem());
    assertEquals(List.of(leaf.certificate(), root.certificate()), read.chain());
  }

  @Test
  void refusesAKeyThatIsNotTheCertificates() {
    assertRefused("does not belong", RSA, made().rsa2048().build().privateKeyPkcs8Pem());
    assertRefused("does not belong", EC, made().ecdsa256().build().privateKeyPkcs8Pem());
    assertRefused("does not belong", EC, RSA.privateKeyPkcs1Pem());
    assertRefused("another kind", EC, RSA.privateKeyPkcs8Pem());
  }

  @Test
  void refusesWhatIsNoKeyAndSaysWhatToDo() {
    assertRefused("not in PEM", RSA, "");
    assertRefused("not in PEM", RSA, RSA.certificatePem());
    assertRefused("cannot be read", RSA, block("PRIVATE KEY", "AAAA"));
    assertRefused("damaged", RSA, block("PRIVATE KEY", "A"));
    assertRefused("without a password", RSA, block("ENCRYPTED PRIVATE KEY", "AAAA"));
    assertRefused(
        "without a password", RSA, block("RSA PRIVATE KEY", "Proc_Type: 4,ENCRYPTED\nAAAA"));
  }

  @Test
  void refusesWhatIsNoCertificate() {
    for (String certificate : new String[] {"", "nonsense", block("CERTIFICATE", "AAAA")}) {
      BadCertificateException refusal =
          assertThrows(
              BadCertificateException.class,
              () -> Pem.read(Origin.OWN, null, certificate, RSA.privateKeyPkcs8Pem()));
      assertTrue(refusal.getMessage().startsWith("The certificate is"), refusal.getMessage());
    }
  }

  @Test
  void makesTheDomainOfTheAddressAndTheSubject() throws Exception {
    BoxCertificate issued =
        Pem.read(
            Origin.ISSUED, "*.abc.odoo-iot.com", RSA.certificatePem(), RSA.privateKeyPkcs8Pem());
    assertEquals("192-168-1-5.abc.odoo-iot.com", issued.domain("192.168.1.5"));
    assertFalse(issued.toString().contains("PrivateKey"), issued.toString());
  }

  private static void assertRefused(String part, HeldCertificate certificate, String key) {
    BadCertificateException refusal =
        assertThrows(BadCertificateException.class, () -> read(certificate, key));
    assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
  }

  private static BoxCertificate read(HeldCertificate certificate, String key)
      throws BadCertificateException {
    return Pem.read(Origin.OWN, null, certificate.certificatePem(), key);
  }

  private static String block(String name, String content) {
    return "-----BEGIN " + name + "-----\n" + content + "\n-----END " + name + "-----\n";
  }

  /** What is inside PKCS #8: its last element, an octet string. */
  private static String sec1() {
    byte[] pkcs8 = EC.keyPair().getPrivate().getEncoded();
    int at = 0;
    for (int i = 0; i < pkcs8.length - 2; i++) {
      if (pkcs8[i] == 0x04 && i + 2 + pkcs8[i + 1] == pkcs8.length) {
        at = i + 2;
        break;
      }
    }
    byte[] bare = Arrays.copyOfRange(pkcs8, at, pkcs8.length);
    return block("EC PRIVATE KEY", Base64.getMimeEncoder().encodeToString(bare));
  }
}
