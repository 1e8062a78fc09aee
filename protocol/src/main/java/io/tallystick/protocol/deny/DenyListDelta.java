package io.tallystick.protocol.deny;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.authorisation.AuthorisationVerifier;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.crypto.Sm2Signature;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.UnixTime;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.FieldTrace;
import io.tallystick.protocol.wire.FileFormat;
import io.tallystick.protocol.wire.MalformedException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What leads from one version of the deny list to a later one: {@code header(4) ‖ from version(4) ‖
 * to version(4) ‖ issued at(4) ‖ issuer certificate(117) ‖ added count(4) ‖ added(8 each) ‖ removed
 * count(4) ‖ removed(8 each) ‖ signature(64)}. The signature is that of the list it leads to, over
 * that list: a delta that was tampered with leads to a list that does not verify. Immutable.
 */
public final class DenyListDelta {
  /** Most devices added, and removed, at once; beyond that the whole list is sent. */
  public static final int MAX_CHANGES = 100_000;

  private final long fromVersion;
  private final long toVersion;
  private final Instant issuedAt;
  private final IssuerCertificate issuer;
  private final DeviceIdSet added;
  private final DeviceIdSet removed;
  private final Sm2Signature listSignature;

  private DenyListDelta(
      long fromVersion,
      long toVersion,
      Instant issuedAt,
      IssuerCertificate issuer,
      DeviceIdSet added,
      DeviceIdSet removed,
      Sm2Signature listSignature) {
    this.fromVersion = fromVersion;
    this.toVersion = toVersion;
    this.issuedAt = issuedAt;
    this.issuer = issuer;
    this.added = added;
    this.removed = removed;
    this.listSignature = listSignature;
  }

  /**
   * The issuer's side: what leads from one signed list to a later one.
   *
   * @throws IllegalArgumentException when the versions do not ascend or the changes are too many
   */
  public static DenyListDelta between(DenyList from, DenyList to) {
    if (to.version() <= from.version()) {
      throw new IllegalArgumentException(
          "versions do not ascend: " + from.version() + " to " + to.version());
    }
    DeviceIdSet added = to.deviceSet().minus(from.deviceSet());
    DeviceIdSet removed = from.deviceSet().minus(to.deviceSet());
    if (added.size() > MAX_CHANGES || removed.size() > MAX_CHANGES) {
      throw new IllegalArgumentException("more than " + MAX_CHANGES + " changes");
    }
    return new DenyListDelta(
        from.version(), to.version(), to.issuedAt(), to.issuer(), added, removed, to.signature());
  }

  /** Parses one of the default network. */
  public static DenyListDelta parse(byte[] bytes) {
    return parse(bytes, NetworkProfile.DEFAULT);
  }

  public static DenyListDelta parse(byte[] bytes, NetworkProfile profile) {
    return parse(ByteReader.of(bytes), profile);
  }

  /** Parses and takes apart. */
  public static DenyListDelta parse(byte[] bytes, NetworkProfile profile, FieldTrace trace) {
    return parse(ByteReader.of(bytes, trace), profile);
  }

  private static DenyListDelta parse(ByteReader in, NetworkProfile profile) {
    FileFormat.DENY_LIST_DELTA.readHeader(in);
    long fromVersion = in.u32("from version");
    long toVersion = in.u32("to version");
    if (toVersion <= fromVersion) {
      throw new MalformedException("to version", "is not after the from version");
    }
    Instant issuedAt = UnixTime.read(in, "issued at");
    IssuerCertificate issuer =
        IssuerCertificate.read(in.nested(IssuerCertificate.LENGTH, "issuer certificate"), profile);
    DeviceIdSet added = DeviceIdSet.read(in, MAX_CHANGES, "added device");
    DeviceIdSet removed = DeviceIdSet.read(in, MAX_CHANGES, "removed device");
    Sm2Signature signature = Sm2Signature.read(in, "list signature");
    in.finish("deny list delta");
    return new DenyListDelta(fromVersion, toVersion, issuedAt, issuer, added, removed, signature);
  }

  public byte[] encode() {
    ByteWriter out =
        FileFormat.DENY_LIST_DELTA.writeHeader(new ByteWriter()).u32(fromVersion).u32(toVersion);
    UnixTime.write(out, issuedAt);
    added.write(out.bytes(issuer.encode()));
    removed.write(out);
    return out.bytes(listSignature.bytes()).toByteArray();
  }

  public String toText() {
    return FileFormat.DENY_LIST_DELTA.armor(encode());
  }

  public static DenyListDelta parseText(String text, NetworkProfile profile) {
    return parse(FileFormat.DENY_LIST_DELTA.dearmor(text), profile);
  }

  /** Applies the delta and verifies the list it leads to; the list given is not changed. */
  public DenyUpdate applyTo(DenyList list, AuthorisationVerifier issuers, Instant at) {
    requireNonNull(list, "list is null");
    if (list.version() != fromVersion) {
      return new DenyUpdate.Refused(DenyStatus.WRONG_BASE_VERSION);
    }
    DeviceIdSet base = list.deviceSet();
    if (added.minus(base).size() != added.size()) {
      return new DenyUpdate.Refused(DenyStatus.ADDED_ALREADY_LISTED);
    }
    if (removed.minus(base).size() != 0) {
      return new DenyUpdate.Refused(DenyStatus.REMOVED_NOT_LISTED);
    }
    DeviceIdSet devices = base.minus(removed).plus(added);
    if (devices.size() > DenyList.MAX_DEVICES) {
      return new DenyUpdate.Refused(DenyStatus.TOO_LARGE);
    }
    DenyList next = new DenyList(toVersion, issuedAt, issuer, devices, listSignature);
    DenyStatus status = next.verify(issuers, at);
    return status == DenyStatus.GOOD
        ? new DenyUpdate.Applied(next)
        : new DenyUpdate.Refused(status);
  }

  public long fromVersion() {
    return fromVersion;
  }

  public long toVersion() {
    return toVersion;
  }

  public Instant issuedAt() {
    return issuedAt;
  }

  public List<DeviceId> added() {
    return added.toList();
  }

  public List<DeviceId> removed() {
    return removed.toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DenyListDelta that
        && fromVersion == that.fromVersion
        && toVersion == that.toVersion
        && issuedAt.equals(that.issuedAt)
        && issuer.equals(that.issuer)
        && added.equals(that.added)
        && removed.equals(that.removed)
        && listSignature.equals(that.listSignature);
  }

  @Override
  public int hashCode() {
    return Objects.hash(fromVersion, toVersion, issuedAt, issuer, added, removed, listSignature);
  }

  @Override
  public String toString() {
    return "DenyListDelta[%d to %d, %d added, %d removed]"
        .formatted(fromVersion, toVersion, added.size(), removed.size());
  }
}
