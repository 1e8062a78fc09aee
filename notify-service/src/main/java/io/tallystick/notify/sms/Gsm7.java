package io.tallystick.notify.sms;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The GSM 7-bit default alphabet with its extension table (3GPP TS 23.038 §6.2.1), one septet per
/// octet, unpacked: the form in which SMPP carries data coding 0.
final class Gsm7 {
  /// Announces a septet of the extension table.
  static final byte ESCAPE = 0x1B;

  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  private static final Map<Character, Integer> EXTENSION =
      Map.of(
          '\f', 0x0A, '^', 0x14, '{', 0x28, '}', 0x29, '\\', 0x2F, '[', 0x3C, '~', 0x3D, ']', 0x3E,
          '|', 0x40, '€', 0x65);
  private static final Map<Character, byte[]> SEPTETS = septets();

  private Gsm7() {}

  /// The text as septets; empty when a character is not in the alphabet.
  static Optional<byte[]> encode(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      byte[] septets = SEPTETS.get(text.charAt(i));
      if (septets == null) {
        return Optional.empty();
      }
      out.writeBytes(septets);
    }
    return Optional.of(out.toByteArray());
  }

  private static Map<Character, byte[]> septets() {
    Map<Character, byte[]> all = new HashMap<>();
    for (int i = 0; i < BASIC.length(); i++) {
      if (i != ESCAPE) {
        all.put(BASIC.charAt(i), new byte[] {(byte) i});
      }
    }
    EXTENSION.forEach(
        (character, code) -> all.put(character, new byte[] {ESCAPE, code.byteValue()}));
    return Map.copyOf(all);
  }
}
