package iotbox.box.odoo.pairing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairingTest {
  @Test
  void readsTheFourPartsOfOlderServers() throws Exception {
    assertEquals(
        new Pairing("https://my.odoo.com", "tok", "uuid", "code", null),
        Pairing.parse("https://my.odoo.com|tok|uuid|code"));
  }

  @Test
  void readsTheAddressOfNewerServers() throws Exception {
    assertEquals(
        new Pairing("https://my.odoo.com", "tok", "uuid", "code", "db"),
        Pairing.parse(
            "https://my.odoo.com?token=tok&db_uuid=uuid&enterprise_code=code&db_name=db"));
  }

  @Test
  void takesAbsentAndEmptyOptionalPartsAsAbsent() throws Exception {
    Pairing bare = new Pairing("http://10.0.0.5:8069", "tok", null, null, null);
    assertEquals(bare, Pairing.parse("http://10.0.0.5:8069?token=tok"));
    assertEquals(bare, Pairing.parse("http://10.0.0.5:8069?token=tok&db_uuid=&db_name"));
    assertEquals(bare, Pairing.parse("http://10.0.0.5:8069|tok||"));
  }

  @Test
  void decodesPercentCodesAndPlus() throws Exception {
    Pairing pairing = Pairing.parse("https://h?token=a%2Bb%26c&db_name=caf%C3%A9+x&other=1");
    assertEquals("a+b&c", pairing.token());
    assertEquals("café x", pairing.dbName());
  }

  @Test
  void keepsABarInsideAParameter() throws Exception {
    assertEquals("a|b|c|d", Pairing.parse("https://h?token=a|b|c|d").token());
  }

  @ParameterizedTest
  @CsvSource({
    "https://my.odoo.com/, https://my.odoo.com",
    "HTTPS://My.Odoo.COM//, https://my.odoo.com",
    "https://my.odoo.com:443, https://my.odoo.com",
    "http://my.odoo.com:80/, http://my.odoo.com",
    "http://my.odoo.com:443, http://my.odoo.com:443",
    "http://odoo_server:8069/, http://odoo_server:8069",
    "http://[FE80::1]:8069, http://[fe80::1]:8069",
    "https://bücher.example/odoo/, https://xn--bcher-kva.example/odoo",
  })
  void normalisesTheAddress(String given, String url) throws Exception {
    assertEquals(url, Pairing.parse(given + "?token=t").url());
    assertEquals(url, Pairing.parse(" \n" + given + "|t|u|c\n").url());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'';is empty",
        "xyzzy;does not begin with an address",
        "xyzzy|xyzzy|xyzzy|xyzzy;does not begin with an address",
        "https://h;no token",
        "https://h?token=;no token",
        "https://h?token=%20;no token",
        "https://h?db_uuid=xyzzy;no token",
        "https://h||xyzzy|xyzzy;no token",
        "https://h|xyzzy;2 parts",
        "https://h|xyzzy|u|c|more;5 parts",
        "https://h/?a=xyzzy|t|u|c;no token",
        "ftp://h?token=xyzzy;http:// or https://",
        "javascript://h?token=xyzzy;http:// or https://",
        "https://?token=xyzzy;no host name",
        "https://:8069?token=xyzzy;no valid host name",
        "https://user:xyzzy@h?token=xyzzy;user name or password",
        "https://h h?token=xyzzy;no valid host name",
        "https://h:0?token=xyzzy;port",
        "https://h:65536?token=xyzzy;port",
        "https://h/a b?token=xyzzy;path",
        "https://h?token=xyzzy%zz;hexadecimal",
        "https://h?token=xyzzy%ff;UTF-8",
        "https://h?token=xyzzy%0Ainjected;control character",
      })
  void saysWhatIsWrongWithoutTellingTheSecret(String text, String reason) {
    BadPairingException refused =
        assertThrows(BadPairingException.class, () -> Pairing.parse(text));
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    assertTrue(refused.getMessage().contains("Copy the whole token again"), refused.getMessage());
    assertFalse(refused.getMessage().contains("xyzzy"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://h?token=a\nb", "https://h|a\0b|u|c", "https://h\u007f|a|u|c"})
  void refusesControlCharacters(String text) {
    BadPairingException refused =
        assertThrows(BadPairingException.class, () -> Pairing.parse(text));
    assertTrue(refused.getMessage().contains("control character"), refused.getMessage());
  }

  @Test
  void refusesWhatIsTooLongOrNothing() {
    assertThrows(BadPairingException.class, () -> Pairing.parse(null));
    assertThrows(
        BadPairingException.class, () -> Pairing.parse("https://h?token=" + "a".repeat(5000)));
  }

  @Test
  void tellsNoSecrets() {
    Pairing pairing = new Pairing("https://h", "xyzzy", "uuid", "plugh", "db");
    assertEquals("Pairing[https://h, database db]", pairing.toString());
    assertEquals("bad *** and ***", pairing.withoutSecrets("bad xyzzy and plugh"));
  }
}
