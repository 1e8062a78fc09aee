package io.tallystick.seed.denylist;

import io.tallystick.kit.database.Database;
import io.tallystick.protocol.deny.DenyList;
import io.tallystick.protocol.deny.DenyListDelta;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.seed.denylist.postgres.PostgresDenyStore;
import io.tallystick.seed.issuer.IssuerKeys;
import io.tallystick.seed.issuer.SigningKey;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Gives the signed deny list. The list of the current version is kept in memory and signed again
/// when it changes, when its signature has grown old, and when another issuer key is in force.
@Singleton
public class DenyLists {
  private final Database database;
  private final PostgresDenyStore store;
  private final IssuerKeys issuerKeys;
  private final DenyListConfig config;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, byte[]> deltas;
  private @Nullable Signed current;

  DenyLists(
      Database database,
      PostgresDenyStore store,
      IssuerKeys issuerKeys,
      DenyListConfig config,
      Clock clock) {
    this.database = database;
    this.store = store;
    this.issuerKeys = issuerKeys;
    this.config = config;
    this.clock = clock;
    this.deltas =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > config.cachedDeltas();
          }
        };
  }

  /// A signed list.
  private record Signed(DenyList list, byte[] encoded) {}

  /// The list for someone who has `version`; 0 for none.
  ///
  /// @throws io.tallystick.kit.error.ApiException `NO_ISSUER_KEY` when nothing can be signed
  public DenyListAnswer since(long version) {
    lock.lock();
    try {
      Signed signed = signed(head());
      long head = signed.list().version();
      if (version == head) {
        return new DenyListAnswer.Refreshed(head, signed.encoded());
      }
      return delta(version, signed)
          .<DenyListAnswer>map(encoded -> new DenyListAnswer.Delta(head, encoded))
          .orElseGet(() -> new DenyListAnswer.Full(head, signed.encoded()));
    } finally {
      lock.unlock();
    }
  }

  private long head() {
    Instant now = clock.instant();
    boolean changed = database.read(handle -> store.hasChanged(handle, now));
    return changed
        ? database.inTransaction(handle -> store.publish(handle, now, config.deltaVersions()))
        : database.read(store::version);
  }

  private Signed signed(long head) {
    SigningKey key = issuerKeys.signing();
    Instant now = clock.instant();
    Signed known = current;
    if (known != null && isGood(known.list(), head, key, now)) {
      return known;
    }
    List<DeviceId> members =
        known != null && known.list().version() == head
            ? known.list().devices()
            : database.read(handle -> store.members(handle, head, DenyList.MAX_DEVICES));
    Signed fresh = sign(head, now, members, key);
    deltas.clear();
    current = fresh;
    return fresh;
  }

  private Signed sign(long version, Instant now, List<DeviceId> members, SigningKey key) {
    DenyList list = DenyList.sign(version, now, members, key.certificate(), key.key(), random);
    return new Signed(list, list.encode());
  }

  private boolean isGood(DenyList list, long head, SigningKey key, Instant now) {
    return list.version() == head
        && list.issuer().equals(key.certificate())
        && list.age(now).compareTo(config.refresh()) < 0
        && !now.isBefore(list.issuedAt());
  }

  private Optional<byte[]> delta(long from, Signed to) {
    long head = to.list().version();
    if (from < 1 || from > head || head - from > config.deltaVersions()) {
      return Optional.empty();
    }
    byte[] known = deltas.get(from);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<byte[]> made =
        database
            .read(handle -> membersBefore(handle, from, head))
            .map(members -> DenyListDelta.between(base(from, members, to), to.list()).encode());
    made.ifPresent(encoded -> deltas.put(from, encoded));
    return made;
  }

  /// The devices at an earlier version, unless too much has changed since for a delta.
  private Optional<List<DeviceId>> membersBefore(Handle handle, long from, long head) {
    return store.changes(handle, from, head) > DenyListDelta.MAX_CHANGES
        ? Optional.empty()
        : Optional.of(store.members(handle, from, DenyList.MAX_DEVICES));
  }

  /// The earlier list, to subtract from. Nobody sees its signature.
  private DenyList base(long from, List<DeviceId> members, Signed to) {
    SigningKey key = issuerKeys.signing();
    return sign(from, to.list().issuedAt(), members, key).list();
  }
}
