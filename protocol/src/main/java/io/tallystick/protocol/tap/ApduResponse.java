package io.tallystick.protocol.tap;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;
import java.util.Arrays;

/** A response APDU of ISO/IEC 7816-4: data and a status word. */
public final class ApduResponse {
  /** Longest response this protocol has. */
  public static final int MAX_LENGTH = 2048;

  private final byte[] data;
  private final int statusWord;

  private ApduResponse(byte[] data, int statusWord) {
    this.data = data;
    this.statusWord = statusWord;
  }

  public static ApduResponse of(byte[] data, int statusWord) {
    if (statusWord < 0x6000 || statusWord > 0x9FFF) {
      throw new IllegalArgumentException("no status word: %x".formatted(statusWord));
    }
    return new ApduResponse(data.clone(), statusWord);
  }

  /** A status without data. */
  public static ApduResponse of(int statusWord) {
    return of(new byte[0], statusWord);
  }

  public static ApduResponse parse(byte[] apdu) {
    if (apdu.length < 2 || apdu.length > MAX_LENGTH) {
      throw new MalformedException("response APDU", "has a length out of bounds");
    }
    ByteReader in = ByteReader.of(apdu);
    byte[] data = in.bytes(apdu.length - 2, "data");
    int statusWord = in.u16("status word");
    if (statusWord < 0x6000 || statusWord > 0x9FFF) {
      throw new MalformedException("status word", "is none");
    }
    return new ApduResponse(data, statusWord);
  }

  public byte[] encode() {
    return new ByteWriter().bytes(data).u16(statusWord).toByteArray();
  }

  public byte[] data() {
    return data.clone();
  }

  /** SW1 and SW2. */
  public int statusWord() {
    return statusWord;
  }

  public boolean isSuccess() {
    return statusWord == TapApdu.SUCCESS;
  }

  /** Whether {@code GET RESPONSE} brings more. */
  public boolean hasMore() {
    return statusWord >> 8 == TapApdu.MORE_DATA;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ApduResponse that
        && statusWord == that.statusWord
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * statusWord + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "ApduResponse[%d bytes, %04x]".formatted(data.length, statusWord);
  }
}
