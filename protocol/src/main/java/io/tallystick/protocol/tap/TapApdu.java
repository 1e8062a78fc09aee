package io.tallystick.protocol.tap;

import io.tallystick.protocol.wire.ByteWriter;
import java.util.Arrays;
import java.util.HexFormat;

/** The commands, the application identifier and the status words of the tap exchange. */
public final class TapApdu {
  /** The normal end. */
  public static final int SUCCESS = 0x9000;

  /** SW1 when {@code GET RESPONSE} brings more; SW2 says how much, 0 for 256 and beyond. */
  public static final int MORE_DATA = 0x61;

  public static final int WRONG_LENGTH = 0x6700;
  public static final int CONDITIONS_NOT_SATISFIED = 0x6985;
  public static final int WRONG_DATA = 0x6A80;
  public static final int NOT_FOUND = 0x6A82;
  public static final int WRONG_PARAMETERS = 0x6A86;
  public static final int INSTRUCTION_UNKNOWN = 0x6D00;
  public static final int CLASS_UNKNOWN = 0x6E00;

  static final int CLASS_STANDARD = 0x00;
  static final int CLASS_PROPRIETARY = 0x80;
  static final int SELECT = 0xA4;
  static final int SELECT_BY_NAME = 0x0400;
  static final int GET_RESPONSE = 0xC0;
  static final int TAP = 0x50;
  static final int RECEIPT = 0x52;

  static final int FCI = 0x6F;
  static final int DF_NAME = 0x84;
  static final int FCI_PROPRIETARY = 0xA5;

  private static final byte[] AID = HexFormat.of().parseHex("f054414c4c595401");

  private TapApdu() {}

  /** The application identifier: proprietary {@code F0}, {@code TALLYT}, version 1. */
  public static byte[] applicationId() {
    return AID.clone();
  }

  /** {@code SELECT} by application identifier. */
  public static ApduCommand select() {
    return ApduCommand.of(CLASS_STANDARD, SELECT, SELECT_BY_NAME, AID, 256, false);
  }

  /** The terminal's request; the answer is a tap token. */
  public static ApduCommand tap(TapRequest request, boolean extended) {
    byte[] data = request.encode();
    return ApduCommand.of(CLASS_PROPRIETARY, TAP, 0, data, extended ? 65_536 : 256, extended);
  }

  /** The next part of a response. */
  public static ApduCommand getResponse(int length) {
    return ApduCommand.of(CLASS_STANDARD, GET_RESPONSE, 0, new byte[0], length, false);
  }

  /** The terminal's receipt; the answer has no data. */
  public static ApduCommand receipt(Receipt receipt) {
    return ApduCommand.of(CLASS_PROPRIETARY, RECEIPT, 0, receipt.encode(), 0, false);
  }

  /** Whether these are the bytes of our application identifier. */
  static boolean isApplicationId(byte[] name) {
    return Arrays.equals(AID, name);
  }

  /** The file control information that answers {@code SELECT}. */
  static byte[] fileControlInformation() {
    byte[] version = new ByteWriter().u8(TapWire.VERSION).toByteArray();
    byte[] proprietary = new ByteWriter().tlv(TapTag.VERSION, version).toByteArray();
    byte[] inner =
        new ByteWriter().tlv(DF_NAME, AID).tlv(FCI_PROPRIETARY, proprietary).toByteArray();
    return new ByteWriter().tlv(FCI, inner).toByteArray();
  }
}
