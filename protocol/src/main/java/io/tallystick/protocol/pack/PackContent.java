package io.tallystick.protocol.pack;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.deny.DenyList;
import io.tallystick.protocol.model.UnixTime;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.FileFormat;
import io.tallystick.protocol.wire.MalformedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a terminal pack says, before the issuer signs it.
 *
 * @param version 1 to 2³²−1, one more for each pack
 * @param serverTime when it was made, whole seconds
 * @param root the platform's
 * @param issuers whose authorisations the terminal accepts, 1 to {@value #MAX_ISSUERS}; the first
 *     signs the pack
 * @param policy of the terminal
 * @param denyList in use
 */
public record PackContent(
    long version,
    Instant serverTime,
    Sm2PublicKey root,
    List<IssuerCertificate> issuers,
    TerminalPolicy policy,
    DenyList denyList) {

  public static final int MAX_ISSUERS = 16;

  private static final int MAX_DENY_LIST_LENGTH =
      4 + 4 + 4 + 117 + 4 + 8 * DenyList.MAX_DEVICES + 64;

  public PackContent {
    requireNonNull(root, "root is null");
    requireNonNull(policy, "policy is null");
    requireNonNull(denyList, "denyList is null");
    serverTime = UnixTime.wholeSeconds(serverTime, "serverTime");
    issuers = List.copyOf(issuers);
    if (version < 0 || version > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("version is out of range: " + version);
    }
    if (issuers.isEmpty() || issuers.size() > MAX_ISSUERS) {
      throw new IllegalArgumentException("issuers are not 1 to 16: " + issuers.size());
    }
  }

  /** The issuer that signs the pack. */
  public IssuerCertificate signer() {
    return issuers.get(0);
  }

  /** Parses a pack that is not signed yet, as it is sent to whoever has the issuer key. */
  public static PackContent parse(byte[] bytes, NetworkProfile profile) {
    ByteReader in = ByteReader.of(bytes);
    PackContent parsed = read(in, profile);
    in.finish("terminal pack");
    return parsed;
  }

  static PackContent read(ByteReader in, NetworkProfile profile) {
    FileFormat.TERMINAL_PACK.readHeader(in);
    long version = in.u32("pack version");
    Instant serverTime = UnixTime.read(in, "server time");
    Sm2PublicKey root = Sm2PublicKey.fromCompressed(in.bytes(Sm2PublicKey.LENGTH, "root key"));
    int count = in.bounded(in.u8("issuer count"), MAX_ISSUERS, "issuer count");
    if (count == 0) {
      throw new MalformedException("issuer count", "is zero");
    }
    List<IssuerCertificate> issuers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ByteReader inner = in.nested(IssuerCertificate.LENGTH, "issuer certificate " + i);
      issuers.add(IssuerCertificate.read(inner, profile));
    }
    TerminalPolicy policy = TerminalPolicy.read(in);
    int length = in.bounded(in.u32("deny list length"), MAX_DENY_LIST_LENGTH, "deny list length");
    ByteReader inner = in.nested(length, "deny list");
    DenyList denyList = DenyList.read(inner, profile);
    inner.finish("deny list");
    return new PackContent(version, serverTime, root, issuers, policy, denyList);
  }

  /** The bytes that the issuer signs. */
  public byte[] encode() {
    ByteWriter out = FileFormat.TERMINAL_PACK.writeHeader(new ByteWriter()).u32(version);
    UnixTime.write(out, serverTime);
    out.bytes(root.compressed()).u8(issuers.size());
    issuers.forEach(issuer -> out.bytes(issuer.encode()));
    policy.write(out);
    byte[] list = denyList.encode();
    return out.u32(list.length).bytes(list).toByteArray();
  }
}
