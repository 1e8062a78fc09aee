package io.tallystick.verify.trust;

import io.tallystick.api.seed.v1.GetTrustBundleResponse;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.protocol.authorisation.AuthorisationVerifier;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.deny.DenyList;
import io.tallystick.protocol.deny.DenyListDelta;
import io.tallystick.protocol.deny.DenyStatus;
import io.tallystick.protocol.deny.DenyUpdate;
import io.tallystick.verify.peer.SeedTrust;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keeps what seed-service states, and asks again when it is too old for the purpose. The deny list
/// comes whole once and as deltas afterwards; one that does not verify is not used.
@Singleton
public class TrustStore {
  /// An issuer that is not known here may be a new one; it is asked for no more often than this.
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final SeedTrust seed;
  private final TrustConfig config;
  private final Clock clock;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Stated stated;

  private record Stated(TrustBundle bundle, long atNanos) {
    boolean isYoungerThan(Duration age) {
      return System.nanoTime() - atNanos < age.toNanos();
    }
  }

  @Inject
  TrustStore(SeedTrust seed, TrustConfig config, Clock clock) {
    this.seed = seed;
    this.config = config;
    this.clock = clock;
  }

  /// The network's format choices.
  public NetworkProfile profile() {
    return switch (config.networkProfile()) {
      case DEFAULT -> NetworkProfile.DEFAULT;
      case ALTERNATE -> NetworkProfile.ALTERNATE;
    };
  }

  /// For checking tokens.
  public TrustBundle forTokens() {
    return notOlderThan(config.remember());
  }

  /// For a token whose issuer was not among those remembered, and for a pack that was not signed.
  public TrustBundle fresh() {
    return notOlderThan(FRESH);
  }

  /// For a terminal pack.
  public TrustBundle forPacks() {
    return notOlderThan(config.rememberForPacks());
  }

  private TrustBundle notOlderThan(Duration age) {
    Stated known = stated;
    if (known != null && known.isYoungerThan(age)) {
      return known.bundle();
    }
    asking.lock();
    try {
      Stated meanwhile = stated;
      if (meanwhile != null && meanwhile.isYoungerThan(age)) {
        return meanwhile.bundle();
      }
      long asked = System.nanoTime();
      TrustBundle bundle = ask(meanwhile == null ? null : meanwhile.bundle());
      stated = new Stated(bundle, asked);
      return bundle;
    } finally {
      asking.unlock();
    }
  }

  private TrustBundle ask(@Nullable TrustBundle before) {
    GetTrustBundleResponse response =
        seed.trustBundle(before == null ? 0 : before.denyList().version());
    Optional<TrustBundle> bundle = read(response, before);
    // A delta that does not lead to a good list is followed by the whole list.
    return bundle
        .or(() -> read(seed.trustBundle(0), null))
        .orElseThrow(() ->
            ApiErrors.unavailable("TRUST_UNUSABLE", "seed-service's deny list does not verify"));
  }

  private Optional<TrustBundle> read(
      GetTrustBundleResponse response, @Nullable TrustBundle before) {
    Sm2PublicKey root = Sm2PublicKey.fromCompressed(response.getRootPublicKey().toByteArray());
    List<IssuerCertificate> issuers =
        response.getIssuerCertificatesList().stream()
            .map(bytes -> IssuerCertificate.parse(bytes.toByteArray(), profile()))
            .toList();
    AuthorisationVerifier authorisations =
        before != null && before.root().equals(root) && before.issuers().equals(issuers)
            ? before.authorisations()
            : AuthorisationVerifier.trusting(root)
                .accepting(issuers)
                .remembering(config.rememberedAuthorisations());
    return denyList(response, before, authorisations)
        .map(list -> new TrustBundle(root, issuers, authorisations, list));
  }

  private Optional<DenyList> denyList(
      GetTrustBundleResponse response,
      @Nullable TrustBundle before,
      AuthorisationVerifier authorisations) {
    return switch (response.getDenyListCase()) {
      case FULL -> whole(response.getFull().toByteArray(), authorisations);
      case REFRESHED -> whole(response.getRefreshed().toByteArray(), authorisations);
      case DELTA -> {
        DenyListDelta delta = DenyListDelta.parse(response.getDelta().toByteArray(), profile());
        yield before == null
            ? Optional.empty()
            : switch (delta.applyTo(before.denyList(), authorisations, clock.instant())) {
              case DenyUpdate.Applied(var list) -> Optional.of(list);
              case DenyUpdate.Refused _ -> Optional.empty();
            };
      }
      case DENYLIST_NOT_SET -> Optional.empty();
    };
  }

  private Optional<DenyList> whole(byte[] bytes, AuthorisationVerifier authorisations) {
    DenyList list = DenyList.parse(bytes, profile());
    return list.verify(authorisations, clock.instant()) == DenyStatus.GOOD
        ? Optional.of(list)
        : Optional.empty();
  }
}
