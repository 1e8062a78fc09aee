package io.tallystick.kit.sealing;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A key-encryption key as it stands wrapped in the configuration: `pkcs11:IV:SEALED`, both in
/// hexadecimal.
///
/// @param iv 12 to 16 bytes: tokens that choose it themselves differ in its length
/// @param sealed the 16 bytes of the key under AES-GCM, and the tag of 16 bytes
record WrappedKey(int version, byte[] iv, byte[] sealed) {
  private static final Pattern TEXT =
      Pattern.compile("pkcs11:((?:[0-9a-fA-F]{2}){12,16}):([0-9a-fA-F]{64})");

  static boolean is(String text) {
    return TEXT.matcher(text).matches();
  }

  static WrappedKey parse(int version, String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "key-encryption key version " + version + " is not pkcs11:iv:sealed");
    }
    return new WrappedKey(
        version, HexFormat.of().parseHex(parts.group(1)), HexFormat.of().parseHex(parts.group(2)));
  }

  @Override
  public String toString() {
    return "WrappedKey[version " + version + "]";
  }
}
