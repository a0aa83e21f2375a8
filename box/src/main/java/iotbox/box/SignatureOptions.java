package iotbox.box;

/**
 * What must be signed.
 *
 * @param requests whether devices obey and tell only those whose requests are signed
 */
public record SignatureOptions(boolean requests) {
  static SignatureOptions of(OptionValues values) throws StartupException {
    return new SignatureOptions(values.flag(BoxOption.REQUIRE_SIGNED_REQUESTS));
  }
}
