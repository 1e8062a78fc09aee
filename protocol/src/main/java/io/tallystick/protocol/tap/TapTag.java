package io.tallystick.protocol.tap;

/** The BER-TLV tags of a tap: EMV's where one exists, private ones for the rest. */
final class TapTag {
  static final int AMOUNT = 0x9F02;
  static final int CURRENCY = 0x5F2A;
  static final int MERCHANT = 0x9F16;
  static final int TERMINAL = 0x9F1C;
  static final int NONCE = 0x9F37;
  static final int COUNTER = 0x9F36;
  static final int VERSION = 0xC0;
  static final int TIME = 0xC1;
  static final int VALIDITY = 0xC2;
  static final int ALLOWANCE_LEFT = 0xC3;
  static final int TAPS_SINCE_ONLINE = 0xC4;
  static final int WALLET_HEAD = 0xC5;
  static final int TERMINAL_HEAD = 0xC6;
  static final int FINGERPRINT = 0xC7;
  static final int CLOCK_EVIDENCE = 0xC8;
  static final int FLAGS = 0xC9;

  private TapTag() {}
}
