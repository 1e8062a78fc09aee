package io.tallystick.protocol.pack;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.authorisation.AuthorisationVerifier;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.crypto.Sm2Signature;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.FieldTrace;
import io.tallystick.protocol.wire.FileFormat;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/** A terminal pack: its content and the first issuer's signature over all of it. */
public record TerminalPack(PackContent content, Sm2Signature signature) {
  public TerminalPack {
    requireNonNull(content, "content is null");
    requireNonNull(signature, "signature is null");
  }

  /** The issuer's side. */
  public static TerminalPack sign(
      PackContent content, Sm2PrivateKey issuerKey, SecureRandom random) {
    if (!content.signer().key().equals(issuerKey.publicKey())) {
      throw new IllegalArgumentException("issuerKey is not the first issuer's");
    }
    return new TerminalPack(content, issuerKey.sign(content.encode(), random));
  }

  /** Parses one of the default network. */
  public static TerminalPack parse(byte[] bytes) {
    return parse(bytes, NetworkProfile.DEFAULT);
  }

  public static TerminalPack parse(byte[] bytes, NetworkProfile profile) {
    return parse(ByteReader.of(bytes), profile);
  }

  /** Parses and takes apart. */
  public static TerminalPack parse(byte[] bytes, NetworkProfile profile, FieldTrace trace) {
    return parse(ByteReader.of(bytes, trace), profile);
  }

  private static TerminalPack parse(ByteReader in, NetworkProfile profile) {
    PackContent content = PackContent.read(in, profile);
    Sm2Signature signature = Sm2Signature.read(in, "pack signature");
    in.finish("terminal pack");
    return new TerminalPack(content, signature);
  }

  public byte[] encode() {
    return new ByteWriter().bytes(content.encode()).bytes(signature.bytes()).toByteArray();
  }

  public String toText() {
    return FileFormat.TERMINAL_PACK.armor(encode());
  }

  public static TerminalPack parseText(String text, NetworkProfile profile) {
    return parse(FileFormat.TERMINAL_PACK.dearmor(text), profile);
  }

  /**
   * The ordered guards.
   *
   * @param trustedRoot that the terminal was installed with
   * @param inUse the pack that this one would replace
   * @param now of the terminal's clock
   */
  public PackStatus verify(Sm2PublicKey trustedRoot, Optional<PackContent> inUse, Instant now) {
    if (!content.root().equals(trustedRoot)) {
      return PackStatus.ROOT_MISMATCH;
    }
    for (IssuerCertificate issuer : content.issuers()) {
      if (!issuer.isSignedBy(trustedRoot)) {
        return PackStatus.ROOT_SIGNATURE;
      }
    }
    if (content.signer().isExpired(now)) {
      return PackStatus.ISSUER_EXPIRED;
    }
    if (!content.signer().key().verify(content.encode(), signature)) {
      return PackStatus.PACK_SIGNATURE;
    }
    PackStatus denyList = verifyDenyList(now);
    if (denyList != PackStatus.GOOD) {
      return denyList;
    }
    if (inUse.filter(older -> older.version() > content.version()).isPresent()) {
      return PackStatus.OLDER_PACK;
    }
    return inUse
            .filter(older -> older.denyList().version() > content.denyList().version())
            .isPresent()
        ? PackStatus.OLDER_DENY_LIST
        : PackStatus.GOOD;
  }

  /** A verifier of authorisations that trusts the pack's root and accepts its issuers only. */
  public AuthorisationVerifier authorisationVerifier(int remembered) {
    return AuthorisationVerifier.trusting(content.root())
        .accepting(content.issuers())
        .remembering(remembered);
  }

  private PackStatus verifyDenyList(Instant now) {
    AuthorisationVerifier issuers =
        AuthorisationVerifier.trusting(content.root()).accepting(content.issuers());
    return switch (content.denyList().verify(issuers, now)) {
      case GOOD -> PackStatus.GOOD;
      case ROOT_SIGNATURE, ISSUER_NOT_ACCEPTED, ISSUER_EXPIRED -> PackStatus.DENY_LIST_ISSUER;
      case LIST_SIGNATURE -> PackStatus.DENY_LIST_SIGNATURE;
      case WRONG_BASE_VERSION, ADDED_ALREADY_LISTED, REMOVED_NOT_LISTED, TOO_LARGE ->
          throw new AssertionError("a whole list has no base");
    };
  }
}
