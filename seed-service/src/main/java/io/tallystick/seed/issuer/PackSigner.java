package io.tallystick.seed.issuer;

import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import io.tallystick.protocol.authorisation.AuthorisationVerifier;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.deny.DenyStatus;
import io.tallystick.protocol.pack.PackContent;
import io.tallystick.protocol.pack.TerminalPack;
import io.tallystick.protocol.wire.MalformedException;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// Signs terminal packs with the issuer key in force, and nothing else: the bytes must parse as an
/// unsigned pack and encode to themselves, name this platform's root, list only issuers that are
/// trusted here with the signing one first, and carry a deny list that one of them signed. So the
/// key can't be made to sign an authorisation, a receipt or a list of someone's own making.
@Singleton
public class PackSigner {
  private final IssuerKeys issuerKeys;
  private final TrustAnchor anchor;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  PackSigner(IssuerKeys issuerKeys, TrustAnchor anchor, Clock clock) {
    this.issuerKeys = issuerKeys;
    this.anchor = anchor;
    this.clock = clock;
  }

  /// @return the whole signed pack
  /// @throws io.tallystick.kit.error.ApiException `PACK_MALFORMED`, `PACK_ROOT`, `PACK_ISSUERS`,
  ///   `PACK_SIGNER` or `PACK_DENY_LIST`, in this order; `NO_ISSUER_KEY`
  public byte[] sign(byte[] unsigned) {
    PackContent content = parse(unsigned);
    if (!content.root().equals(anchor.root())) {
      throw refused("PACK_ROOT", "the pack names another root");
    }
    Set<Sm2PublicKey> trusted =
        issuerKeys.trusted().stream().map(IssuerKey::publicKey).collect(Collectors.toSet());
    for (IssuerCertificate issuer : content.issuers()) {
      if (!trusted.contains(issuer.key()) || !issuer.isSignedBy(anchor.root())) {
        throw refused("PACK_ISSUERS", "the pack lists an issuer that is not trusted here");
      }
    }
    SigningKey signing = issuerKeys.signing();
    if (!content.signer().equals(signing.certificate())) {
      throw refused("PACK_SIGNER", "the pack's first issuer is not the one in force");
    }
    requireGoodDenyList(content);
    return TerminalPack.sign(content, signing.key(), random).encode();
  }

  private PackContent parse(byte[] unsigned) {
    try {
      PackContent content = PackContent.parse(unsigned, anchor.profile());
      if (!Arrays.equals(content.encode(), unsigned)) {
        throw refused("PACK_MALFORMED", "the pack does not encode to itself");
      }
      return content;
    } catch (MalformedException malformed) {
      throw refused("PACK_MALFORMED", malformed.getMessage());
    }
  }

  private void requireGoodDenyList(PackContent content) {
    Instant now = clock.instant();
    AuthorisationVerifier issuers =
        AuthorisationVerifier.trusting(anchor.root()).accepting(content.issuers());
    DenyStatus status = content.denyList().verify(issuers, now);
    if (status != DenyStatus.GOOD) {
      throw refused("PACK_DENY_LIST", "the pack's deny list is not good: " + status);
    }
  }

  private static ApiException refused(String reason, String message) {
    return ApiErrors.invalidArgument(reason, message);
  }
}
