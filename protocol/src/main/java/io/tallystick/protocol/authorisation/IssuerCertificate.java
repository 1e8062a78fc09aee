package io.tallystick.protocol.authorisation;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Digest;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.crypto.Sm2Signature;
import io.tallystick.protocol.crypto.Sm3;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.FieldTrace;
import io.tallystick.protocol.wire.FileFormat;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * The platform root's word on an issuer's key, {@value #LENGTH} bytes. The root signs the 47 bytes
 * from the format byte to the key; the header, the service id and the CA key index are outside the
 * signature and are therefore never relied on.
 *
 * @param profile of the network it is for
 * @param caKeyIndex which root key, a hint only
 * @param issuerNumber of the issuer
 * @param expiry its last month or day
 * @param serial 0 to 2²⁴−1
 * @param key the issuer's
 * @param signature the root's
 */
public record IssuerCertificate(
    NetworkProfile profile,
    int caKeyIndex,
    IssuerNumber issuerNumber,
    CertificateExpiry expiry,
    int serial,
    Sm2PublicKey key,
    Sm2Signature signature) {

  /** Bytes on the wire. */
  public static final int LENGTH = FileFormat.ISSUER_CERTIFICATE_LENGTH;

  private static final int HEADER = 0x24;
  private static final int SERVICE_ID = 0x01010000;
  private static final int SM2_SIGNATURE = 0x04;
  private static final int SM2_ENCRYPTION = 0x04;
  private static final int PARAMETERS = 0x00;

  public IssuerCertificate {
    requireNonNull(profile, "profile is null");
    requireNonNull(issuerNumber, "issuerNumber is null");
    requireNonNull(expiry, "expiry is null");
    requireNonNull(key, "key is null");
    requireNonNull(signature, "signature is null");
    if (caKeyIndex < 0 || caKeyIndex > 0xFF) {
      throw new IllegalArgumentException("caKeyIndex is not a byte: " + caKeyIndex);
    }
    if (serial < 0 || serial > 0xFF_FFFF) {
      throw new IllegalArgumentException("serial does not fit 3 bytes: " + serial);
    }
    boolean monthYear = expiry instanceof CertificateExpiry.EndOfMonth;
    if (monthYear != (profile.expiryForm() == NetworkProfile.ExpiryForm.MONTH_YEAR)) {
      throw new IllegalArgumentException("expiry is not of the profile's form: " + expiry);
    }
  }

  /**
   * What a certificate says, before the root signs it.
   *
   * @param issuerNumber of the issuer
   * @param expiry its last month or day
   * @param serial 0 to 2²⁴−1
   * @param key the issuer's
   */
  public record Subject(
      IssuerNumber issuerNumber, CertificateExpiry expiry, int serial, Sm2PublicKey key) {}

  /** A certificate signed by the root. */
  public static IssuerCertificate sign(
      Subject subject,
      NetworkProfile profile,
      int caKeyIndex,
      Sm2PrivateKey root,
      SecureRandom random) {
    byte[] signed =
        signedPart(profile, subject.issuerNumber, subject.expiry, subject.serial, subject.key);
    return new IssuerCertificate(
        profile,
        caKeyIndex,
        subject.issuerNumber,
        subject.expiry,
        subject.serial,
        subject.key,
        root.sign(signed, random));
  }

  /** Parses one of the default network. */
  public static IssuerCertificate parse(byte[] bytes) {
    return parse(bytes, NetworkProfile.DEFAULT);
  }

  public static IssuerCertificate parse(byte[] bytes, NetworkProfile profile) {
    return parse(ByteReader.of(bytes), profile);
  }

  /** Parses and takes apart. */
  public static IssuerCertificate parse(byte[] bytes, NetworkProfile profile, FieldTrace trace) {
    return parse(ByteReader.of(bytes, trace), profile);
  }

  private static IssuerCertificate parse(ByteReader in, NetworkProfile profile) {
    IssuerCertificate parsed = read(in, profile);
    in.finish("issuer certificate");
    return parsed;
  }

  /** Reads the next {@value #LENGTH} bytes. */
  public static IssuerCertificate read(ByteReader in, NetworkProfile profile) {
    in.expect(HEADER, "certificate header");
    in.expect(SERVICE_ID, 4, "service id");
    int caKeyIndex = in.u8("CA key index");
    in.expect(profile.certificateFormat(), "certificate format");
    IssuerNumber issuerNumber = IssuerNumber.read(in, "issuer number");
    CertificateExpiry expiry = CertificateExpiry.read(in, "expiry", profile.expiryForm());
    int serial = in.u24("certificate serial");
    in.expect(SM2_SIGNATURE, "signature algorithm");
    in.expect(SM2_ENCRYPTION, "encryption algorithm");
    in.expect(PARAMETERS, "algorithm parameters");
    in.expect(Sm2PublicKey.LENGTH, "key length");
    Sm2PublicKey key = Sm2PublicKey.fromCompressed(in.bytes(Sm2PublicKey.LENGTH, "issuer key"));
    Sm2Signature signature = Sm2Signature.read(in, "root signature");
    return new IssuerCertificate(profile, caKeyIndex, issuerNumber, expiry, serial, key, signature);
  }

  public byte[] encode() {
    return new ByteWriter()
        .u8(HEADER)
        .u32(SERVICE_ID)
        .u8(caKeyIndex)
        .bytes(signedPart(profile, issuerNumber, expiry, serial, key))
        .bytes(signature.bytes())
        .toByteArray();
  }

  public String toText() {
    return FileFormat.ISSUER_CERTIFICATE.armor(encode());
  }

  public static IssuerCertificate parseText(String text, NetworkProfile profile) {
    return parse(FileFormat.ISSUER_CERTIFICATE.dearmor(text), profile);
  }

  /** SM3 over the encoding. */
  public Digest digest() {
    return Sm3.hash(encode());
  }

  /** Whether the root's signature over the signed part is good. */
  public boolean isSignedBy(Sm2PublicKey root) {
    return root.verify(signedPart(profile, issuerNumber, expiry, serial, key), signature);
  }

  public boolean isExpired(Instant at) {
    return !at.isBefore(expiry.endsAt(at, profile.epoch().zone()));
  }

  private static byte[] signedPart(
      NetworkProfile profile,
      IssuerNumber issuerNumber,
      CertificateExpiry expiry,
      int serial,
      Sm2PublicKey key) {
    ByteWriter out = new ByteWriter().u8(profile.certificateFormat()).u32(issuerNumber.value());
    expiry.write(out);
    return out.u24(serial)
        .u8(SM2_SIGNATURE)
        .u8(SM2_ENCRYPTION)
        .u8(PARAMETERS)
        .u8(Sm2PublicKey.LENGTH)
        .bytes(key.compressed())
        .toByteArray();
  }
}
