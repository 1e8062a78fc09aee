package io.tallystick.sandbox.smsc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.SubmitSm;

/// Reads the text out of `submit_sm`: data coding, `message_payload`, and parts of a long message
/// joined by the concatenation header.
///
/// Sources: SMPP 3.4 §5.2.19 (data_coding), §5.3.2.32 (message_payload); 3GPP TS 23.038 §6.2.1
/// (default alphabet); 3GPP TS 23.040 §9.2.3.24.1 (concatenation).
final class ShortMessages {
  private static final int MAX_OPEN_LONG_MESSAGES = 1_000;
  private static final int CODING_LATIN_1 = 0x03;
  private static final int CODING_UCS_2 = 0x08;
  private static final String DEFAULT_ALPHABET =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  private static final Map<Character, Character> EXTENSION = new HashMap<>();

  static {
    String codes = "\n\u0014\u001b(/<=>@e";
    String characters = "\f^ {\\[~]|€";
    // 0x28 '(' is '{', 0x29 ')' is '}'.
    EXTENSION.put(')', '}');
    for (int i = 0; i < codes.length(); i++) {
      EXTENSION.put(codes.charAt(i), characters.charAt(i));
    }
  }

  private final Map<String, TreeMap<Integer, String>> openLongMessages =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TreeMap<Integer, String>> eldest) {
          return size() > MAX_OPEN_LONG_MESSAGES;
        }
      };

  /// The whole text, or empty while parts of a long message are missing.
  ///
  /// @throws IllegalArgumentException when a header runs past its message
  synchronized Optional<String> read(SubmitSm submit) {
    byte[] bytes = submit.getShortMessage() == null ? new byte[0] : submit.getShortMessage();
    OptionalParameter.Message_payload payload =
        submit.getOptionalParameter(OptionalParameter.Message_payload.class);
    if (bytes.length == 0 && payload != null) {
      bytes = payload.getValue();
    }
    if (!submit.isUdhi()) {
      return Optional.of(decode(bytes, submit.getDataCoding()));
    }
    int headerLength = bytes.length == 0 ? 0 : (bytes[0] & 0xFF) + 1;
    if (headerLength == 0 || headerLength > bytes.length) {
      throw new IllegalArgumentException("user data header runs past the message");
    }
    String text =
        decode(Arrays.copyOfRange(bytes, headerLength, bytes.length), submit.getDataCoding());
    return join(submit, ByteBuffer.wrap(bytes, 1, headerLength - 1), text);
  }

  private Optional<String> join(SubmitSm submit, ByteBuffer header, String text) {
    while (header.remaining() >= 2) {
      int element = header.get() & 0xFF;
      int length = header.get() & 0xFF;
      if (length > header.remaining()) {
        throw new IllegalArgumentException("information element runs past its header");
      }
      boolean eightBit = element == 0x00 && length == 3;
      boolean sixteenBit = element == 0x08 && length == 4;
      if (eightBit || sixteenBit) {
        int reference = eightBit ? header.get() & 0xFF : header.getShort() & 0xFFFF;
        int total = header.get() & 0xFF;
        int part = header.get() & 0xFF;
        return part(submit.getDestAddress() + "/" + reference + "/" + total, total, part, text);
      }
      header.position(header.position() + length);
    }
    return Optional.of(text);
  }

  private Optional<String> part(String key, int total, int number, String text) {
    TreeMap<Integer, String> parts = openLongMessages.computeIfAbsent(key, _ -> new TreeMap<>());
    parts.put(number, text);
    if (parts.size() < total) {
      return Optional.empty();
    }
    openLongMessages.remove(key);
    return Optional.of(parts.values().stream().collect(Collectors.joining()));
  }

  private static String decode(byte[] bytes, byte dataCoding) {
    return switch (dataCoding & 0x0F) {
      case CODING_UCS_2 -> new String(bytes, StandardCharsets.UTF_16BE);
      case CODING_LATIN_1 -> new String(bytes, StandardCharsets.ISO_8859_1);
      default -> decodeDefaultAlphabet(bytes);
    };
  }

  private static String decodeDefaultAlphabet(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int septet = bytes[i] & 0x7F;
      if (septet == 0x1B && i + 1 < bytes.length) {
        text.append(EXTENSION.getOrDefault((char) (bytes[++i] & 0x7F), ' '));
      } else {
        text.append(DEFAULT_ALPHABET.charAt(septet));
      }
    }
    return text.toString();
  }
}
