package io.tallystick.protocol.proof;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.authorisation.AuthorisationVerifier;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.FieldTrace;
import io.tallystick.protocol.wire.FileFormat;
import java.util.Arrays;
import java.util.List;

/**
 * Two tokens side by side: {@code header(4) ‖ length(2) ‖ token ‖ length(2) ‖ token}. {@link #of}
 * puts the one with the smaller encoding first, so that one pair has one bundle whoever makes it.
 */
public record DoubleSpendProof(TapToken first, TapToken second) {
  /** Longest encoding. */
  public static final int MAX_LENGTH = FileFormat.HEADER_LENGTH + 2 * (2 + TapToken.MAX_LENGTH);

  public DoubleSpendProof {
    requireNonNull(first, "first is null");
    requireNonNull(second, "second is null");
  }

  /** The bundle of two tokens in whichever order. */
  public static DoubleSpendProof of(TapToken one, TapToken other) {
    return Arrays.compareUnsigned(one.encode(), other.encode()) <= 0
        ? new DoubleSpendProof(one, other)
        : new DoubleSpendProof(other, one);
  }

  /** Parses one of the default network. */
  public static DoubleSpendProof parse(byte[] bytes) {
    return parse(bytes, NetworkProfile.DEFAULT);
  }

  public static DoubleSpendProof parse(byte[] bytes, NetworkProfile profile) {
    return parse(ByteReader.of(bytes), profile);
  }

  /** Parses and takes apart. */
  public static DoubleSpendProof parse(byte[] bytes, NetworkProfile profile, FieldTrace trace) {
    return parse(ByteReader.of(bytes, trace), profile);
  }

  private static DoubleSpendProof parse(ByteReader in, NetworkProfile profile) {
    FileFormat.DOUBLE_SPEND_PROOF.readHeader(in);
    TapToken first = readToken(in, profile, "first token");
    TapToken second = readToken(in, profile, "second token");
    in.finish("double-spend proof");
    return new DoubleSpendProof(first, second);
  }

  public byte[] encode() {
    ByteWriter out = FileFormat.DOUBLE_SPEND_PROOF.writeHeader(new ByteWriter());
    for (TapToken token : List.of(first, second)) {
      byte[] encoded = token.encode();
      out.u16(encoded.length).bytes(encoded);
    }
    return out.toByteArray();
  }

  public String toText() {
    return FileFormat.DOUBLE_SPEND_PROOF.armor(encode());
  }

  public static DoubleSpendProof parseText(String text, NetworkProfile profile) {
    return parse(FileFormat.DOUBLE_SPEND_PROOF.dearmor(text), profile);
  }

  /** The device it is about. */
  public DeviceId deviceId() {
    return first.deviceId();
  }

  /** The serial that was spent twice. */
  public TokenSerial serial() {
    return first.serial();
  }

  /** The ordered guards, with nothing but the root key. */
  public ProofStatus verify(Sm2PublicKey root) {
    return switch (first.relationTo(second)) {
      case UNRELATED -> ProofStatus.SERIALS_DIFFER;
      case SAME -> ProofStatus.BODIES_EQUAL;
      case CONFLICT -> verifySignatures(AuthorisationVerifier.trusting(root));
    };
  }

  private ProofStatus verifySignatures(AuthorisationVerifier authorisations) {
    for (TapToken token : List.of(first, second)) {
      ProofStatus status =
          switch (authorisations.verifySignatures(token.authorisation())) {
            case GOOD ->
                token.isSignedByDevice() ? ProofStatus.PROVEN : ProofStatus.DEVICE_SIGNATURE;
            case ROOT_SIGNATURE -> ProofStatus.ROOT_SIGNATURE;
            case ISSUER_NUMBER_MISMATCH -> ProofStatus.ISSUER_NUMBER_MISMATCH;
            case AUTHORISATION_SIGNATURE -> ProofStatus.AUTHORISATION_SIGNATURE;
            case ISSUER_NOT_ACCEPTED, ISSUER_EXPIRED, AUTHORISATION_EXPIRED ->
                throw new AssertionError("signatures do not expire");
          };
      if (status != ProofStatus.PROVEN) {
        return status;
      }
    }
    return ProofStatus.PROVEN;
  }

  private static TapToken readToken(ByteReader in, NetworkProfile profile, String field) {
    int length = in.bounded(in.u16(field + " length"), TapToken.MAX_LENGTH, field + " length");
    ByteReader inner = in.nested(length, field);
    TapToken token = TapToken.read(inner, profile);
    inner.finish(field);
    return token;
  }
}
