package io.tallystick.protocol.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.crypto.Digest;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2Signature;
import io.tallystick.protocol.crypto.Sm3;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.FieldTrace;
import io.tallystick.protocol.wire.FileFormat;
import io.tallystick.protocol.wire.MalformedException;
import java.security.SecureRandom;

/**
 * A one-time payment: {@code authorisation(276) ‖ body ‖ device signature(64)}, the signature over
 * both.
 */
public record TapToken(DeviceAuthorisation authorisation, TapBody body, Sm2Signature signature) {
  /** Longest encoding. */
  public static final int MAX_LENGTH = 1024;

  public TapToken {
    requireNonNull(authorisation, "authorisation is null");
    requireNonNull(body, "body is null");
    requireNonNull(signature, "signature is null");
  }

  /** The wallet's side. */
  public static TapToken sign(
      DeviceAuthorisation authorisation,
      TapBody body,
      Sm2PrivateKey deviceKey,
      SecureRandom random) {
    if (!authorisation.terms().deviceKey().equals(deviceKey.publicKey())) {
      throw new IllegalArgumentException("deviceKey is not the authorised one");
    }
    return new TapToken(
        authorisation, body, deviceKey.sign(signedPart(authorisation, body), random));
  }

  /** Parses one of the default network. */
  public static TapToken parse(byte[] bytes) {
    return parse(bytes, NetworkProfile.DEFAULT);
  }

  public static TapToken parse(byte[] bytes, NetworkProfile profile) {
    return parse(ByteReader.of(bytes), profile);
  }

  /** Parses and takes apart. */
  public static TapToken parse(byte[] bytes, NetworkProfile profile, FieldTrace trace) {
    return parse(ByteReader.of(bytes, trace), profile);
  }

  private static TapToken parse(ByteReader in, NetworkProfile profile) {
    TapToken parsed = read(in, profile);
    in.finish("tap token");
    return parsed;
  }

  /** Reads the next token. */
  public static TapToken read(ByteReader in, NetworkProfile profile) {
    if (in.remaining() > MAX_LENGTH) {
      throw new MalformedException("tap token", "is too long");
    }
    DeviceAuthorisation authorisation =
        DeviceAuthorisation.read(in.nested(DeviceAuthorisation.LENGTH, "authorisation"), profile);
    TapBody body = TapBody.read(in);
    return new TapToken(authorisation, body, Sm2Signature.read(in, "device signature"));
  }

  public byte[] encode() {
    return new ByteWriter()
        .bytes(signedPart(authorisation, body))
        .bytes(signature.bytes())
        .toByteArray();
  }

  public String toText() {
    return FileFormat.TAP_TOKEN.armor(encode());
  }

  public static TapToken parseText(String text, NetworkProfile profile) {
    return parse(FileFormat.TAP_TOKEN.dearmor(text), profile);
  }

  public DeviceId deviceId() {
    return authorisation.deviceId();
  }

  /** Device id and counter: no two taps have the same. */
  public TokenSerial serial() {
    return TokenSerial.of(deviceId(), body.counter());
  }

  /**
   * SM3 over what the device signed, without the signature: signing the same tap again gives the
   * same digest. This is the entry both logs chain.
   */
  public Digest digest() {
    return Sm3.hash(signedPart(authorisation, body));
  }

  /** Whether the wallet says that its hold covers the tap. */
  public TapCover cover() {
    return body.allowanceLeftMinor() >= 0 ? TapCover.GUARANTEED : TapCover.AT_RISK;
  }

  /** Whether the device's signature is good; says nothing about the authorisation. */
  public boolean isSignedByDevice() {
    return authorisation.terms().deviceKey().verify(signedPart(authorisation, body), signature);
  }

  /** How another token stands to this one. */
  public TapRelation relationTo(TapToken other) {
    if (!serial().equals(other.serial())) {
      return TapRelation.UNRELATED;
    }
    return body.equals(other.body) ? TapRelation.SAME : TapRelation.CONFLICT;
  }

  private static byte[] signedPart(DeviceAuthorisation authorisation, TapBody body) {
    return new ByteWriter().bytes(authorisation.encode()).bytes(body.encode()).toByteArray();
  }
}
