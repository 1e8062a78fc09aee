package io.tallystick.protocol.authorisation;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.authorisation.NetworkProfile.IssuerFieldPosition;
import io.tallystick.protocol.crypto.Digest;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2Signature;
import io.tallystick.protocol.crypto.Sm3;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.FieldTrace;
import io.tallystick.protocol.wire.FileFormat;
import java.security.SecureRandom;

/**
 * Fields 3 to 14, {@value #LENGTH} bytes: the issuer certificate, the terms, the issuer's signature
 * over fields 3 to 13. Field 13 is signed in either position.
 */
public record DeviceAuthorisation(
    IssuerCertificate issuer, AuthorisationTerms terms, Sm2Signature signature) {

  /** Bytes on the wire. */
  public static final int LENGTH = FileFormat.AUTHORISATION_LENGTH;

  public DeviceAuthorisation {
    requireNonNull(issuer, "issuer is null");
    requireNonNull(terms, "terms is null");
    requireNonNull(signature, "signature is null");
  }

  /** The issuer's side. The profile is that of the certificate. */
  public static DeviceAuthorisation sign(
      IssuerCertificate issuer,
      AuthorisationTerms terms,
      Sm2PrivateKey issuerKey,
      SecureRandom random) {
    if (!issuer.key().equals(issuerKey.publicKey())) {
      throw new IllegalArgumentException("issuerKey is not the certificate's");
    }
    return new DeviceAuthorisation(
        issuer, terms, issuerKey.sign(signedPart(issuer, terms), random));
  }

  /** Parses one of the default network. */
  public static DeviceAuthorisation parse(byte[] bytes) {
    return parse(bytes, NetworkProfile.DEFAULT);
  }

  public static DeviceAuthorisation parse(byte[] bytes, NetworkProfile profile) {
    return parse(ByteReader.of(bytes), profile);
  }

  /** Parses and takes apart. */
  public static DeviceAuthorisation parse(byte[] bytes, NetworkProfile profile, FieldTrace trace) {
    return parse(ByteReader.of(bytes, trace), profile);
  }

  private static DeviceAuthorisation parse(ByteReader in, NetworkProfile profile) {
    DeviceAuthorisation parsed = read(in, profile);
    in.finish("authorisation");
    return parsed;
  }

  /** Reads the next {@value #LENGTH} bytes. */
  public static DeviceAuthorisation read(ByteReader in, NetworkProfile profile) {
    IssuerCertificate issuer =
        IssuerCertificate.read(in.nested(IssuerCertificate.LENGTH, "issuer certificate"), profile);
    AuthorisationTerms.Fixed fixed = AuthorisationTerms.Fixed.read(in, profile);
    if (profile.issuerFieldPosition() == IssuerFieldPosition.BEFORE_SIGNATURE) {
      OfflineAllowance allowance = readAllowance(in);
      return new DeviceAuthorisation(issuer, fixed.with(allowance), readSignature(in, profile));
    }
    Sm2Signature signature = readSignature(in, profile);
    return new DeviceAuthorisation(issuer, fixed.with(readAllowance(in)), signature);
  }

  public byte[] encode() {
    ByteWriter out = new ByteWriter().bytes(issuer.encode());
    terms.writeFixed(out, profile());
    if (profile().issuerFieldPosition() == IssuerFieldPosition.BEFORE_SIGNATURE) {
      terms.writeAllowance(out);
    }
    out.u8(profile().issuerFormat()).bytes(signature.bytes());
    if (profile().issuerFieldPosition() == IssuerFieldPosition.AFTER_SIGNATURE) {
      terms.writeAllowance(out);
    }
    return out.toByteArray();
  }

  public String toText() {
    return FileFormat.AUTHORISATION.armor(encode());
  }

  public static DeviceAuthorisation parseText(String text, NetworkProfile profile) {
    return parse(FileFormat.AUTHORISATION.dearmor(text), profile);
  }

  public NetworkProfile profile() {
    return issuer.profile();
  }

  public DeviceId deviceId() {
    return terms.allowance().deviceId();
  }

  /** The most one tap may be. */
  public Money largestSingleAmount() {
    return Money.of(terms.largestSingleAmountMinor(), profile().currency());
  }

  /** What clearing-service holds for it. */
  public Money allowance() {
    return Money.of(terms.allowance().allowanceMinor(), profile().currency());
  }

  /** SM3 over the encoding. */
  public Digest digest() {
    return Sm3.hash(encode());
  }

  /** Whether the issuer's signature is good; says nothing about the certificate. */
  public boolean isSignedByIssuer() {
    return issuer.key().verify(signedPart(issuer, terms), signature);
  }

  private static OfflineAllowance readAllowance(ByteReader in) {
    in.expect(OfflineAllowance.LENGTH, "issuer-defined length");
    return OfflineAllowance.read(in.nested(OfflineAllowance.LENGTH, "issuer-defined"));
  }

  private static Sm2Signature readSignature(ByteReader in, NetworkProfile profile) {
    in.expect(profile.issuerFormat(), "issuer signature format");
    return Sm2Signature.read(in, "issuer signature");
  }

  private static byte[] signedPart(IssuerCertificate issuer, AuthorisationTerms terms) {
    ByteWriter out = new ByteWriter().bytes(issuer.encode());
    terms.writeFixed(out, issuer.profile());
    terms.writeAllowance(out);
    return out.toByteArray();
  }
}
