package io.tallystick.kit.sealing;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A key-encryption key as it stands wrapped in the configuration, behind its version.
sealed interface WrappedKey {
  int version();

  static boolean is(String text) {
    return OfToken.TEXT.matcher(text).matches() || OfTransit.TEXT.matcher(text).matches();
  }

  static WrappedKey parse(int version, String text) {
    Matcher token = OfToken.TEXT.matcher(text);
    if (token.matches()) {
      HexFormat hex = HexFormat.of();
      return new OfToken(version, hex.parseHex(token.group(1)), hex.parseHex(token.group(2)));
    }
    if (OfTransit.TEXT.matcher(text).matches()) {
      return new OfTransit(version, text);
    }
    throw new IllegalArgumentException(
        "key-encryption key version %d is neither pkcs11:iv:sealed nor vault:vN:base64"
            .formatted(version));
  }

  /// By a PKCS#11 token: `pkcs11:IV:SEALED`, both in hexadecimal.
  ///
  /// @param iv 12 to 16 bytes: tokens that choose it themselves differ in its length
  /// @param sealed the 16 bytes of the key under AES-GCM, and the tag of 16 bytes
  record OfToken(int version, byte[] iv, byte[] sealed) implements WrappedKey {
    private static final Pattern TEXT =
        Pattern.compile("pkcs11:((?:[0-9a-fA-F]{2}){12,16}):([0-9a-fA-F]{64})");

    @Override
    public String toString() {
      return "WrappedKey[version " + version + "]";
    }
  }

  /// By a transit engine: the text that it gave, `vault:vN:BASE64`, N being the version of its own
  /// key.
  ///
  /// @param ciphertext of 60 characters behind the prefix, for 12 bytes of IV, 16 of the key and 16
  ///   of the tag; more for what engines may put there
  record OfTransit(int version, String ciphertext) implements WrappedKey {
    private static final Pattern TEXT =
        Pattern.compile("vault:v[1-9][0-9]{0,8}:[A-Za-z0-9+/]{56,340}={0,2}");

    @Override
    public String toString() {
      return "WrappedKey[version " + version + "]";
    }
  }
}
