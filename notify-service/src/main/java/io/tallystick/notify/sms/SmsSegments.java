package io.tallystick.notify.sms;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A text cut into the short messages that carry it.
///
/// Text of the GSM 7-bit alphabet: 160 septets in one message, 153 in each of several. Any other:
/// UCS-2 (UTF-16, big-endian), 70 code units in one, 67 in each of several. Several are joined by
/// the phone through the user data header `05 00 03 ref total number` (3GPP TS 23.040 §9.2.3.24.1).
/// An escape sequence or a surrogate pair is never cut in two.
///
/// @param coding how the payloads are to be read
/// @param payloads each with its user data header where there are several
public record SmsSegments(Coding coding, List<byte[]> payloads) {
  /// Most messages one text may take.
  public static final int MAX_SEGMENTS = 6;

  private static final int HEADER_LENGTH = 6;

  public SmsSegments {
    payloads = List.copyOf(payloads);
  }

  /// SMPP data coding, with how many octets fit.
  public enum Coding {
    GSM7(0x00, 160, 153),
    UCS2(0x08, 140, 134);

    private final byte dataCoding;
    private final int single;
    private final int part;

    Coding(int dataCoding, int single, int part) {
      this.dataCoding = (byte) dataCoding;
      this.single = single;
      this.part = part;
    }

    public byte dataCoding() {
      return dataCoding;
    }
  }

  /// @param reference what the parts of one text have in common, 0 to 255
  /// @throws IllegalArgumentException if the text is empty or takes more than [#MAX_SEGMENTS]
  public static SmsSegments of(String text, int reference) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("text is empty");
    }
    Optional<byte[]> septets = Gsm7.encode(text);
    return septets.isPresent()
        ? cut(Coding.GSM7, septets.get(), reference)
        : cut(Coding.UCS2, text.getBytes(StandardCharsets.UTF_16BE), reference);
  }

  /// Whether the payloads begin with a user data header.
  public boolean joined() {
    return payloads.size() > 1;
  }

  private static SmsSegments cut(Coding coding, byte[] octets, int reference) {
    if (octets.length <= coding.single) {
      return new SmsSegments(coding, List.of(octets));
    }
    List<byte[]> bodies = new ArrayList<>();
    for (int from = 0; from < octets.length; ) {
      int to = end(coding, octets, from);
      bodies.add(Arrays.copyOfRange(octets, from, to));
      from = to;
    }
    if (bodies.size() > MAX_SEGMENTS) {
      throw new IllegalArgumentException(
          "text takes " + bodies.size() + " messages, at most " + MAX_SEGMENTS);
    }
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < bodies.size(); i++) {
      payloads.add(withHeader(bodies.get(i), reference, bodies.size(), i + 1));
    }
    return new SmsSegments(coding, payloads);
  }

  private static int end(Coding coding, byte[] octets, int from) {
    int to = Math.min(from + coding.part, octets.length);
    if (to == octets.length) {
      return to;
    }
    return switch (coding) {
      case GSM7 -> octets[to - 1] == Gsm7.ESCAPE ? to - 1 : to;
      case UCS2 -> isHighSurrogate(octets, to - 2) ? to - 2 : to;
    };
  }

  private static boolean isHighSurrogate(byte[] utf16, int at) {
    return Character.isHighSurrogate((char) (((utf16[at] & 0xFF) << 8) | (utf16[at + 1] & 0xFF)));
  }

  private static byte[] withHeader(byte[] body, int reference, int total, int number) {
    byte[] payload = new byte[HEADER_LENGTH + body.length];
    byte[] header = {5, 0, 3, (byte) reference, (byte) total, (byte) number};
    System.arraycopy(header, 0, payload, 0, HEADER_LENGTH);
    System.arraycopy(body, 0, payload, HEADER_LENGTH, body.length);
    return payload;
  }
}
