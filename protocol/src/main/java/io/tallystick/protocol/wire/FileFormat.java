package io.tallystick.protocol.wire;

import java.util.Locale;

/**
 * The formats that are stored or sent on their own, how each begins and the label of its text
 * armour. Formats of the project's own begin with {@code 54 53} ("TS"), a kind and a version. The
 * issuer certificate, the authorisation and the tap token begin with the certificate's {@code 24},
 * as the transport QR standard lays them out, and are told apart by their length and by the {@code
 * E1} that opens a tap body.
 */
public enum FileFormat {
  ISSUER_CERTIFICATE("ISSUER CERTIFICATE", -1),
  AUTHORISATION("AUTHORISATION", -1),
  TAP_TOKEN("TAP TOKEN", -1),
  TAP_REQUEST("TAP REQUEST", -1),
  RECEIPT("RECEIPT", 0x01),
  TAP_HALF("TAP HALF", 0x02),
  DENY_LIST("DENY LIST", 0x03),
  DENY_LIST_DELTA("DENY LIST DELTA", 0x04),
  TERMINAL_PACK("TERMINAL PACK", 0x05),
  DOUBLE_SPEND_PROOF("DOUBLE SPEND PROOF", 0x06);

  /** The version every format of the project's own has now. */
  public static final int VERSION = 1;

  /** Length of the header of a format of the project's own. */
  public static final int HEADER_LENGTH = 4;

  /** Length of an issuer certificate. */
  public static final int ISSUER_CERTIFICATE_LENGTH = 117;

  /** Length of an authorisation. */
  public static final int AUTHORISATION_LENGTH = 276;

  /** The BER-TLV template of a tap body. */
  public static final int TAP_BODY_TAG = 0xE1;

  /** The BER-TLV template of a tap request. */
  public static final int TAP_REQUEST_TAG = 0xE2;

  private static final int CERTIFICATE_START = 0x24;

  private final String label;
  private final int kind;

  FileFormat(String label, int kind) {
    this.label = label;
    this.kind = kind;
  }

  /** The words between {@code BEGIN TALLYSTICK} and the dashes. */
  public String label() {
    return label;
  }

  /** The text armour of these bytes. */
  public String armor(byte[] bytes) {
    return Armor.encode(this, bytes);
  }

  /** The bytes in a text armour of this format. */
  public byte[] dearmor(String text) {
    Armor armor = Armor.decode(text);
    if (armor.format() != this) {
      throw new MalformedException("armour", "is not labelled " + label);
    }
    return armor.bytes();
  }

  /** Writes the header of a format of the project's own. */
  public ByteWriter writeHeader(ByteWriter out) {
    if (kind < 0) {
      throw new IllegalArgumentException(label + " has no header");
    }
    return out.u8('T').u8('S').u8(kind).u8(VERSION);
  }

  /** Reads the header of a format of the project's own. */
  public void readHeader(ByteReader in) {
    if (kind < 0) {
      throw new IllegalArgumentException(label + " has no header");
    }
    in.expect('T' << 8 | 'S', 2, "magic");
    in.expect(kind, "kind");
    in.explain(label.toLowerCase(Locale.ROOT));
    in.expect(VERSION, "version");
  }

  /**
   * Which format these bytes begin like. They may still turn out malformed.
   *
   * @throws MalformedException when they begin like none
   */
  public static FileFormat detect(byte[] bytes) {
    if (bytes.length >= HEADER_LENGTH && bytes[0] == 'T' && bytes[1] == 'S') {
      for (FileFormat format : values()) {
        if (format.kind == bytes[2]) {
          return format;
        }
      }
    }
    if (bytes.length > 0 && (bytes[0] & 0xFF) == TAP_REQUEST_TAG) {
      return TAP_REQUEST;
    }
    if (bytes.length > 0 && bytes[0] == CERTIFICATE_START) {
      return detectByLength(bytes);
    }
    throw new MalformedException("format", "is none of ours");
  }

  private static FileFormat detectByLength(byte[] bytes) {
    if (bytes.length == ISSUER_CERTIFICATE_LENGTH) {
      return ISSUER_CERTIFICATE;
    }
    if (bytes.length == AUTHORISATION_LENGTH) {
      return AUTHORISATION;
    }
    if (bytes.length > AUTHORISATION_LENGTH
        && (bytes[AUTHORISATION_LENGTH] & 0xFF) == TAP_BODY_TAG) {
      return TAP_TOKEN;
    }
    throw new MalformedException("format", "is none of ours");
  }
}
