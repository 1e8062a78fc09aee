package io.tallystick.verify.tap.postgres;

import static java.util.Objects.requireNonNull;

import io.tallystick.kit.event.EventIds;
import io.tallystick.kit.event.EventStream;
import io.tallystick.kit.event.Outbox;
import io.tallystick.kit.event.OutboxMessage;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.proof.DoubleSpendProof;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.verify.device.postgres.PostgresRevocations;
import io.tallystick.verify.tap.Evidence;
import io.tallystick.verify.tap.HalfRefusal;
import io.tallystick.verify.tap.HalfResult;
import io.tallystick.verify.tap.StandingToken;
import io.tallystick.verify.tap.TapEvents;
import io.tallystick.verify.tap.VerifiedHalf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The transaction of halves that are in flight together.
///
/// Tokens are made to stand (`PRIMARY KEY` decides which one is first), halves stored, counters
/// noted, second bodies kept as evidence, and everything that happened written to the outbox.
public final class PostgresTaps {
  private final Outbox outbox;
  private final NetworkProfile profile;

  public PostgresTaps(Outbox outbox, NetworkProfile profile) {
    this.outbox = requireNonNull(outbox, "outbox is null");
    this.profile = requireNonNull(profile, "profile is null");
  }

  /// One result for each half, in their order.
  public List<HalfResult> store(Handle handle, List<VerifiedHalf> halves, Instant now) {
    return new Batch(handle, halves, now).run();
  }

  private final class Batch {
    private final Handle handle;
    private final List<VerifiedHalf> all;
    private final Instant now;
    private final Map<VerifiedHalf, HalfResult> results = new IdentityHashMap<>();
    private final List<OutboxMessage> events = new ArrayList<>();

    Batch(Handle handle, List<VerifiedHalf> all, Instant now) {
      this.handle = handle;
      this.all = all;
      this.now = now;
    }

    List<HalfResult> run() {
      Map<String, VerifiedHalf> firsts = mayStand();
      Set<String> stood = TapStatements.stand(handle, List.copyOf(firsts.values()), now);
      Map<String, StandingToken> standing =
          TapStatements.standing(handle, all.stream().map(VerifiedHalf::serial).toList());
      List<VerifiedHalf> same = new ArrayList<>();
      List<VerifiedHalf> conflicting = new ArrayList<>();
      for (VerifiedHalf half : all) {
        StandingToken token = standing.get(half.serial());
        if (token == null) {
          results.put(half, mayNotStand(half).refused());
        } else if (token.bodyDigest().equals(half.bodyDigest())) {
          same.add(half);
        } else {
          conflicting.add(half);
        }
      }
      keepHalves(same, standing, firsts, stood);
      // In one order in every transaction, so that none waits in a circle.
      conflicting.stream()
          .sorted(
              Comparator.comparing(VerifiedHalf::serial)
                  .thenComparing(half -> half.bodyDigest().toString()))
          .forEach(half -> keepEvidence(half, token(standing, half)));
      outbox.append(handle, events);
      return all.stream().map(half -> requireNonNull(results.get(half), "every half")).toList();
    }

    /// The first token of each serial in this batch whose terminal was in force at the tap and
    /// whose device was not revoked before it.
    private Map<String, VerifiedHalf> mayStand() {
      Map<String, Instant> revoked =
          PostgresRevocations.find(
              handle,
              all.stream().map(half -> half.token().deviceId().toString()).distinct().toList());
      Map<String, VerifiedHalf> firsts = new LinkedHashMap<>();
      for (VerifiedHalf half : all) {
        Instant known = revoked.get(half.token().deviceId().toString());
        Instant revokedAt = earlier(known, half.revokedAt().orElse(null));
        boolean isRevoked = revokedAt != null && !half.isWitnessedBefore(revokedAt);
        if (!isRevoked && !half.isAfterRetirement()) {
          firsts.putIfAbsent(half.serial(), half);
        }
      }
      return firsts;
    }

    @SuppressWarnings("ReferenceEquality") // Of equal halves only the first is new.
    private void keepHalves(
        List<VerifiedHalf> same,
        Map<String, StandingToken> standing,
        Map<String, VerifiedHalf> firsts,
        Set<String> stood) {
      Map<String, VerifiedHalf> distinct = new LinkedHashMap<>();
      same.forEach(half -> distinct.putIfAbsent(sideAndSerial(half), half));
      Set<String> kept = TapStatements.keepHalves(handle, List.copyOf(distinct.values()), now);
      Map<String, Long> missing =
          PostgresCounters.note(handle, stood.stream().map(firsts::get).toList(), now);
      for (VerifiedHalf half : same) {
        String name = sideAndSerial(half);
        boolean isNew = kept.contains(name) && distinct.get(name) == half;
        results.put(half, new HalfResult.Accepted(half.paymentId(), !isNew));
        if (isNew) {
          StandingToken token = withMissing(token(standing, half), missing);
          events.add(
              new OutboxMessage(
                  EventStream.TOKENS, half.payerId(), TapEvents.received(half, token, now)));
        }
      }
    }

    private void keepEvidence(VerifiedHalf second, StandingToken first) {
      TapToken firstToken = TapToken.parse(first.encoded(), profile);
      Evidence evidence =
          new Evidence(
              EventIds.at(now),
              first.serial(),
              second.token().deviceId().toString(),
              first.payerId(),
              now,
              DoubleSpendProof.of(firstToken, second.token()).encode());
      if (PostgresEvidence.keep(handle, evidence, second.bodyDigest())) {
        events.add(
            new OutboxMessage(
                EventStream.TOKENS, first.payerId(), TapEvents.conflict(second, first, evidence)));
      } else {
        evidence = PostgresEvidence.find(handle, first.serial(), second.bodyDigest());
      }
      results.put(second, new HalfResult.Conflict(evidence.serial(), evidence.id().toString()));
    }
  }

  private static HalfRefusal mayNotStand(VerifiedHalf half) {
    return half.isAfterRetirement() ? HalfRefusal.TERMINAL_RETIRED : HalfRefusal.DEVICE_REVOKED;
  }

  private static StandingToken withMissing(StandingToken token, Map<String, Long> missing) {
    return new StandingToken(
        token.serial(),
        token.bodyDigest(),
        token.tokenDigest(),
        token.encoded(),
        token.payerId(),
        missing.getOrDefault(token.serial(), token.missingCounters()));
  }

  private static StandingToken token(Map<String, StandingToken> standing, VerifiedHalf half) {
    return requireNonNull(standing.get(half.serial()), "sorted out before");
  }

  private static String sideAndSerial(VerifiedHalf half) {
    return half.half().side().name() + " " + half.serial();
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }
}
