package io.tallystick.protocol.tap;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;
import java.util.Arrays;
import java.util.Objects;

/** A command APDU of ISO/IEC 7816-4, cases 1 to 4, short or extended. */
public final class ApduCommand {
  /** Most data this protocol sends in one command. */
  public static final int MAX_DATA = 1024;

  /** No response data is expected. */
  public static final int NO_RESPONSE = 0;

  private static final int MAX_LENGTH = MAX_DATA + 9;
  private static final int HEADER = 4;
  private static final int SHORT_MAX = 255;

  private final int instructionClass;
  private final int instruction;
  private final int parameters;
  private final byte[] data;
  private final int expectedLength;
  private final boolean extended;

  private ApduCommand(
      int instructionClass,
      int instruction,
      int parameters,
      byte[] data,
      int expectedLength,
      boolean extended) {
    this.instructionClass = instructionClass;
    this.instruction = instruction;
    this.parameters = parameters;
    this.data = data;
    this.expectedLength = expectedLength;
    this.extended = extended;
  }

  /**
   * @param instructionClass CLA
   * @param instruction INS
   * @param parameters P1 and P2
   * @param data at most {@value #MAX_DATA} bytes
   * @param expectedLength Ne, the most response data wanted: 0 for none, else up to 256, or 65536
   *     when extended
   * @param extended whether the lengths are extended
   */
  public static ApduCommand of(
      int instructionClass,
      int instruction,
      int parameters,
      byte[] data,
      int expectedLength,
      boolean extended) {
    int mostExpected = extended ? 65_536 : 256;
    if (data.length > (extended ? MAX_DATA : SHORT_MAX)) {
      throw new IllegalArgumentException("data is too long: " + data.length);
    }
    if (expectedLength < 0 || expectedLength > mostExpected) {
      throw new IllegalArgumentException("expectedLength is out of range: " + expectedLength);
    }
    return new ApduCommand(
        instructionClass, instruction, parameters, data.clone(), expectedLength, extended);
  }

  public static ApduCommand parse(byte[] apdu) {
    if (apdu.length < HEADER || apdu.length > MAX_LENGTH) {
      throw new MalformedException("APDU", "has a length out of bounds");
    }
    ByteReader in = ByteReader.of(apdu);
    int instructionClass = in.u8("CLA");
    int instruction = in.u8("INS");
    int parameters = in.u16("P1 P2");
    boolean extended = apdu.length > HEADER + 1 && apdu[HEADER] == 0;
    Body body = extended ? readExtended(in) : readShort(in);
    return new ApduCommand(
        instructionClass, instruction, parameters, body.data, body.expectedLength, extended);
  }

  private record Body(byte[] data, int expectedLength) {}

  private static Body readShort(ByteReader in) {
    if (in.remaining() == 0) {
      return new Body(new byte[0], NO_RESPONSE);
    }
    int first = in.u8("Lc or Le");
    if (in.remaining() == 0) {
      return new Body(new byte[0], first == 0 ? 256 : first);
    }
    byte[] data = in.bytes(first, "data");
    int expected = NO_RESPONSE;
    if (in.remaining() > 0) {
      int le = in.u8("Le");
      expected = le == 0 ? 256 : le;
    }
    in.finish("APDU");
    return new Body(data, expected);
  }

  private static Body readExtended(ByteReader in) {
    in.expect(0, "extended length mark");
    int first = in.u16("Lc or Le");
    if (in.remaining() == 0) {
      return new Body(new byte[0], first == 0 ? 65_536 : first);
    }
    if (first == 0) {
      throw new MalformedException("Lc", "is zero");
    }
    byte[] data = in.bytes(in.bounded(first, MAX_DATA, "Lc"), "data");
    int expected = NO_RESPONSE;
    if (in.remaining() > 0) {
      int le = in.u16("Le");
      expected = le == 0 ? 65_536 : le;
    }
    in.finish("APDU");
    return new Body(data, expected);
  }

  public byte[] encode() {
    ByteWriter out = new ByteWriter().u8(instructionClass).u8(instruction).u16(parameters);
    if (extended) {
      if (data.length > 0 || expectedLength > 0) {
        out.u8(0);
      }
      if (data.length > 0) {
        out.u16(data.length).bytes(data);
      }
      if (expectedLength > 0) {
        out.u16(expectedLength & 0xFFFF);
      }
      return out.toByteArray();
    }
    if (data.length > 0) {
      out.u8(data.length).bytes(data);
    }
    if (expectedLength > 0) {
      out.u8(expectedLength & 0xFF);
    }
    return out.toByteArray();
  }

  public int instructionClass() {
    return instructionClass;
  }

  public int instruction() {
    return instruction;
  }

  /** P1 and P2. */
  public int parameters() {
    return parameters;
  }

  public byte[] data() {
    return data.clone();
  }

  /** Ne: 0 for none. */
  public int expectedLength() {
    return expectedLength;
  }

  public boolean extended() {
    return extended;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ApduCommand that
        && instructionClass == that.instructionClass
        && instruction == that.instruction
        && parameters == that.parameters
        && Arrays.equals(data, that.data)
        && expectedLength == that.expectedLength
        && extended == that.extended;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        instructionClass, instruction, parameters, Arrays.hashCode(data), expectedLength, extended);
  }

  @Override
  public String toString() {
    return "ApduCommand[%02x %02x %04x, %d bytes]"
        .formatted(instructionClass, instruction, parameters, data.length);
  }
}
