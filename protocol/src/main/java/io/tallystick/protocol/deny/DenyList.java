package io.tallystick.protocol.deny;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.authorisation.AuthorisationVerifier;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2Signature;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.UnixTime;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.FieldTrace;
import io.tallystick.protocol.wire.FileFormat;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Devices whose taps are refused, signed by the issuer: {@code header(4) ‖ version(4) ‖ issued
 * at(4) ‖ issuer certificate(117) ‖ count(4) ‖ ids(8 each, ascending) ‖ signature(64)} over all
 * before it. Immutable; {@link #contains} takes a few comparisons.
 */
public final class DenyList {
  /** Most devices listed: four megabytes. */
  public static final int MAX_DEVICES = 500_000;

  private final long version;
  private final Instant issuedAt;
  private final IssuerCertificate issuer;
  private final DeviceIdSet devices;
  private final Sm2Signature signature;

  DenyList(
      long version,
      Instant issuedAt,
      IssuerCertificate issuer,
      DeviceIdSet devices,
      Sm2Signature signature) {
    this.version = version;
    this.issuedAt = issuedAt;
    this.issuer = issuer;
    this.devices = devices;
    this.signature = signature;
  }

  /**
   * The issuer's side.
   *
   * @param version 1 to 2³²−1, one more for each list
   * @param issuedAt when; whole seconds are kept
   */
  public static DenyList sign(
      long version,
      Instant issuedAt,
      Collection<DeviceId> devices,
      IssuerCertificate issuer,
      Sm2PrivateKey issuerKey,
      SecureRandom random) {
    if (version < 1 || version > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("version is out of range: " + version);
    }
    if (devices.size() > MAX_DEVICES) {
      throw new IllegalArgumentException("more than " + MAX_DEVICES + " devices");
    }
    if (!issuer.key().equals(issuerKey.publicKey())) {
      throw new IllegalArgumentException("issuerKey is not the certificate's");
    }
    Instant seconds = UnixTime.wholeSeconds(issuedAt, "issuedAt");
    DeviceIdSet set = DeviceIdSet.of(devices);
    byte[] signed = signedPart(version, seconds, issuer, set);
    return new DenyList(version, seconds, issuer, set, issuerKey.sign(signed, random));
  }

  /** Parses one of the default network. */
  public static DenyList parse(byte[] bytes) {
    return parse(bytes, NetworkProfile.DEFAULT);
  }

  public static DenyList parse(byte[] bytes, NetworkProfile profile) {
    return parse(ByteReader.of(bytes), profile);
  }

  /** Parses and takes apart. */
  public static DenyList parse(byte[] bytes, NetworkProfile profile, FieldTrace trace) {
    return parse(ByteReader.of(bytes, trace), profile);
  }

  private static DenyList parse(ByteReader in, NetworkProfile profile) {
    DenyList parsed = read(in, profile);
    in.finish("deny list");
    return parsed;
  }

  /** Reads the next list. */
  public static DenyList read(ByteReader in, NetworkProfile profile) {
    FileFormat.DENY_LIST.readHeader(in);
    long version = in.u32("list version");
    Instant issuedAt = UnixTime.read(in, "issued at");
    IssuerCertificate issuer =
        IssuerCertificate.read(in.nested(IssuerCertificate.LENGTH, "issuer certificate"), profile);
    DeviceIdSet devices = DeviceIdSet.read(in, MAX_DEVICES, "device");
    return new DenyList(
        version, issuedAt, issuer, devices, Sm2Signature.read(in, "list signature"));
  }

  public byte[] encode() {
    return new ByteWriter()
        .bytes(signedPart(version, issuedAt, issuer, devices))
        .bytes(signature.bytes())
        .toByteArray();
  }

  public String toText() {
    return FileFormat.DENY_LIST.armor(encode());
  }

  public static DenyList parseText(String text, NetworkProfile profile) {
    return parse(FileFormat.DENY_LIST.dearmor(text), profile);
  }

  /** The ordered guards: the issuer's certificate, then the signature. */
  public DenyStatus verify(AuthorisationVerifier issuers, Instant at) {
    DenyStatus issuerStatus =
        switch (issuers.verifyIssuer(issuer, at)) {
          case GOOD -> DenyStatus.GOOD;
          case ROOT_SIGNATURE -> DenyStatus.ROOT_SIGNATURE;
          case ISSUER_NOT_ACCEPTED -> DenyStatus.ISSUER_NOT_ACCEPTED;
          case ISSUER_EXPIRED -> DenyStatus.ISSUER_EXPIRED;
          case ISSUER_NUMBER_MISMATCH, AUTHORISATION_SIGNATURE, AUTHORISATION_EXPIRED ->
              throw new AssertionError("a certificate alone has no terms");
        };
    if (issuerStatus != DenyStatus.GOOD) {
      return issuerStatus;
    }
    return issuer.key().verify(signedPart(version, issuedAt, issuer, devices), signature)
        ? DenyStatus.GOOD
        : DenyStatus.LIST_SIGNATURE;
  }

  public boolean contains(DeviceId device) {
    return devices.contains(device);
  }

  /** How old the list is; zero when the clock stands before it. */
  public Duration age(Instant now) {
    Duration age = Duration.between(issuedAt, now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  public long version() {
    return version;
  }

  public Instant issuedAt() {
    return issuedAt;
  }

  public IssuerCertificate issuer() {
    return issuer;
  }

  public int size() {
    return devices.size();
  }

  /** The devices in ascending order. */
  public List<DeviceId> devices() {
    return devices.toList();
  }

  DeviceIdSet deviceSet() {
    return devices;
  }

  Sm2Signature signature() {
    return signature;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DenyList that
        && version == that.version
        && issuedAt.equals(that.issuedAt)
        && issuer.equals(that.issuer)
        && devices.equals(that.devices)
        && signature.equals(that.signature);
  }

  @Override
  public int hashCode() {
    return Objects.hash(version, issuedAt, issuer, devices, signature);
  }

  @Override
  public String toString() {
    return "DenyList[version " + version + ", " + issuedAt + ", " + size() + " devices]";
  }

  private static byte[] signedPart(
      long version, Instant issuedAt, IssuerCertificate issuer, DeviceIdSet devices) {
    requireNonNull(issuer, "issuer is null");
    ByteWriter out = FileFormat.DENY_LIST.writeHeader(new ByteWriter()).u32(version);
    UnixTime.write(out, issuedAt);
    devices.write(out.bytes(issuer.encode()));
    return out.toByteArray();
  }
}
