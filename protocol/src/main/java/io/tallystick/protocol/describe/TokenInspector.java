package io.tallystick.protocol.describe;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.code.CodeNetwork;
import io.tallystick.protocol.code.PaymentCode;
import io.tallystick.protocol.deny.DenyList;
import io.tallystick.protocol.deny.DenyListDelta;
import io.tallystick.protocol.pack.TerminalPack;
import io.tallystick.protocol.proof.DoubleSpendProof;
import io.tallystick.protocol.tap.Receipt;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.tap.TapRequest;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.protocol.wire.Armor;
import io.tallystick.protocol.wire.FieldTrace;
import io.tallystick.protocol.wire.FieldTrace.Field;
import io.tallystick.protocol.wire.FileFormat;
import io.tallystick.protocol.wire.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Finds out which format something is and takes it apart: binary, in text armour, or the twenty
 * digits of a code.
 */
public final class TokenInspector {
  private final NetworkProfile profile;
  private final CodeNetwork network;

  public TokenInspector(NetworkProfile profile, CodeNetwork network) {
    this.profile = requireNonNull(profile, "profile is null");
    this.network = requireNonNull(network, "network is null");
  }

  /** For the default network. */
  public static TokenInspector ofDefaults() {
    return new TokenInspector(NetworkProfile.DEFAULT, CodeNetwork.DEFAULT);
  }

  /**
   * Takes the content of a file apart.
   *
   * @throws MalformedException when it is none of our formats, or a damaged one
   */
  public Inspection describe(byte[] content) {
    if (content.length > 2 * Armor.MAX_BYTES) {
      throw new MalformedException("format", "is too long");
    }
    if (Armor.looksLike(content) || isDigits(content)) {
      return describe(new String(content, StandardCharsets.US_ASCII));
    }
    return describe(FileFormat.detect(content), content);
  }

  /** Takes text armour or the digits of a code apart. */
  public Inspection describe(String text) {
    String stripped = requireNonNull(text, "text is null").strip();
    if (stripped.matches("[0-9]{20}")) {
      return describeCode(stripped);
    }
    Armor armor = Armor.decode(stripped);
    return describe(armor.format(), armor.bytes());
  }

  private Inspection describe(FileFormat format, byte[] bytes) {
    FieldTrace trace = new FieldTrace();
    switch (format) {
      case ISSUER_CERTIFICATE -> IssuerCertificate.parse(bytes, profile, trace);
      case AUTHORISATION -> DeviceAuthorisation.parse(bytes, profile, trace);
      case TAP_TOKEN -> TapToken.parse(bytes, profile, trace);
      case TAP_REQUEST -> TapRequest.parse(bytes, trace);
      case RECEIPT -> Receipt.parse(bytes, trace);
      case TAP_HALF -> TapHalf.parse(bytes, profile, trace);
      case DENY_LIST -> DenyList.parse(bytes, profile, trace);
      case DENY_LIST_DELTA -> DenyListDelta.parse(bytes, profile, trace);
      case TERMINAL_PACK -> TerminalPack.parse(bytes, profile, trace);
      case DOUBLE_SPEND_PROOF -> DoubleSpendProof.parse(bytes, profile, trace);
    }
    return new Inspection(format.label(), bytes.length, trace.fields());
  }

  private Inspection describeCode(String digits) {
    PaymentCode code = PaymentCode.parse(digits, network);
    if (code instanceof PaymentCode.OfflineCode offline) {
      return new Inspection(
          "PAYMENT CODE",
          digits.length(),
          List.of(
              new Field("", 0, 2, "prefix", offline.prefix(), "offline code"),
              new Field("", 2, 10, "alias", offline.alias().digits(), "finds the seed"),
              new Field("", 12, 8, "password", offline.password(), "GM/T 0021, SM3")));
    }
    String meaning = code instanceof PaymentCode.OnlineCode ? "online code" : "another network's";
    return new Inspection(
        "PAYMENT CODE",
        digits.length(),
        List.of(
            new Field("", 0, 2, "prefix", digits.substring(0, 2), meaning),
            new Field("", 2, 18, "digits", digits.substring(2), "opaque")));
  }

  private static boolean isDigits(byte[] content) {
    return content.length <= 64
        && new String(content, StandardCharsets.ISO_8859_1).strip().matches("[0-9]{20}");
  }
}
