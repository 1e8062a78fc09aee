package io.tallystick.seed.code;

import io.tallystick.kit.coalesce.Coalescer;
import io.tallystick.kit.coalesce.Coalescers;
import io.tallystick.kit.coalesce.Limits;
import io.tallystick.kit.database.Database;
import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.protocol.code.CodeNetwork;
import io.tallystick.protocol.code.OfflineCodes;
import io.tallystick.protocol.code.PaymentCode;
import io.tallystick.protocol.code.PaymentCode.OfflineCode;
import io.tallystick.protocol.code.PaymentCode.OnlineCode;
import io.tallystick.protocol.code.PaymentCode.UnknownCode;
import io.tallystick.protocol.code.Seed;
import io.tallystick.seed.code.postgres.PostgresCodeStore;
import io.tallystick.seed.code.postgres.PostgresCodeStore.LiveSeed;
import io.tallystick.seed.device.postgres.PostgresSeedStore;
import io.tallystick.seed.sealing.OnlineCodeHash;
import io.tallystick.seed.sealing.RowIdentity;
import io.tallystick.seed.sealing.Sealed;
import io.tallystick.seed.sealing.Vault;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tells for whom a code would pay at this moment. Look-ups in flight together are one statement;
/// the matching is done by each caller's own thread.
///
/// A code that finds no live seed costs what one that finds a seed costs: a sealed value is opened
/// and thirty candidates are computed, for a seed that nobody has.
@Singleton
public class CodeChecker {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
  private static final RowIdentity NOBODY = RowIdentity.of("seed", "", "nobody");

  private final Database database;
  private final PostgresCodeStore store;
  private final Vault vault;
  private final OnlineCodeHash hashes;
  private final CodeNetwork network;
  private final Clock clock;
  private volatile Sealed sealedForNobody;
  private final Coalescer<Alias, Optional<LiveSeed>> seeds;
  private final Coalescer<List<byte[]>, Optional<CodeMatch.Online>> onlineCodes;

  CodeChecker(
      Database database,
      PostgresCodeStore store,
      Vault vault,
      OnlineCodeHash hashes,
      CodeNetwork network,
      CodeConfig config,
      Coalescers coalescers,
      Clock clock) {
    this.database = database;
    this.store = store;
    this.vault = vault;
    this.hashes = hashes;
    this.network = network;
    this.clock = clock;
    this.sealedForNobody = sealForNobody();
    Limits limits =
        new Limits(
            config.lookupQueue(), config.lookupBatch(), config.lookupConnections(), LONGEST_WAIT);
    this.seeds = coalescers.create("seed-lookup", limits, this::findSeeds);
    this.onlineCodes = coalescers.create("online-code-lookup", limits, this::findOnlineCodes);
  }

  /// @param digits twenty decimal digits
  /// @throws io.tallystick.protocol.wire.MalformedException when they are not
  public Optional<CodeMatch> check(String digits) {
    return switch (PaymentCode.parse(digits, network)) {
      case OfflineCode code -> match(code, seeds.call(code.alias()));
      case OnlineCode code -> onlineCodes.call(everyHash(code)).map(CodeMatch.class::cast);
      case UnknownCode _ -> Optional.empty();
    };
  }

  private Optional<CodeMatch> match(OfflineCode code, Optional<LiveSeed> found) {
    Instant now = clock.instant();
    if (found.isEmpty()) {
      open(currentForNobody(), NOBODY).destroy();
      OfflineCodes.matchUnknownAlias(code.password(), now);
      return Optional.empty();
    }
    LiveSeed live = found.get();
    Seed seed = open(live.sealed(), PostgresSeedStore.row(live.holder().payerId(), live.seedId()));
    Optional<CodeMoment> moment = OfflineCodes.match(seed, code.password(), now);
    seed.destroy();
    return moment.map(at -> new CodeMatch.Offline(live.holder(), live.seedId(), at));
  }

  /// Sealed anew when the key changes: the version it was sealed with may be gone one day.
  private byte[] currentForNobody() {
    Sealed sealed = sealedForNobody;
    if (sealed.keyVersion() != vault.current()) {
      sealed = sealForNobody();
      sealedForNobody = sealed;
    }
    return sealed.bytes();
  }

  private Sealed sealForNobody() {
    return vault.seal(Seed.generate(new SecureRandom()).toBytes(), NOBODY);
  }

  private Seed open(byte[] sealed, RowIdentity row) {
    byte[] secret = vault.open(sealed, row);
    Seed seed = Seed.fromBytes(secret);
    Arrays.fill(secret, (byte) 0);
    return seed;
  }

  private List<byte[]> everyHash(OnlineCode code) {
    return hashes.hash().everyHash(code.digits().getBytes(StandardCharsets.US_ASCII));
  }

  private List<Optional<LiveSeed>> findSeeds(List<Alias> aliases) {
    Set<Alias> wanted = new HashSet<>(aliases);
    Instant now = clock.instant();
    Map<Alias, LiveSeed> found = database.read(handle -> store.findSeeds(handle, wanted, now));
    return aliases.stream().map(alias -> Optional.ofNullable(found.get(alias))).toList();
  }

  private List<Optional<CodeMatch.Online>> findOnlineCodes(List<List<byte[]>> codes) {
    List<byte[]> wanted = new ArrayList<>();
    codes.forEach(wanted::addAll);
    Instant now = clock.instant();
    Map<ByteBuffer, CodeMatch.Online> found =
        database.read(handle -> store.findOnlineCodes(handle, wanted, now));
    return codes.stream()
        .map(hashesOfOne ->
            hashesOfOne.stream()
                .map(hash -> Optional.ofNullable(found.get(ByteBuffer.wrap(hash))))
                .flatMap(Optional::stream)
                .findFirst())
        .toList();
  }
}
