package io.tallystick.kit.audit;

import io.tallystick.kit.audit.AuditReport.Broken;
import io.tallystick.kit.audit.AuditReport.Head;
import io.tallystick.kit.audit.AuditStore.Chain;
import io.tallystick.kit.audit.AuditStore.Row;
import io.tallystick.kit.audit.Segment.Position;
import io.tallystick.kit.audit.Segment.Sealed;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Checks a log against its chain, its signed heads, and heads that the caller kept.
@Singleton
public class AuditVerifier {
  private static final int SEGMENTS_AT_ONCE = 20;
  private static final int HEADS_AT_ONCE = 1_000;
  private static final int MOST_UNSEALED = 10_000;

  private final Database database;
  private final AuditStore store;
  private final HeadSigner signer;
  private final AuditSealer sealer;

  @Inject
  AuditVerifier(Database database, AuditStore store, HeadSigner signer, AuditSealer sealer) {
    this.database = database;
    this.store = store;
    this.signer = signer;
    this.sealer = sealer;
  }

  /// Names of this service's logs.
  public List<String> logs() {
    return sealer.logs().stream().map(AuditLog::name).toList();
  }

  /// Checks one log from its first row.
  ///
  /// @param kept digests by sequence, hexadecimal, of heads that were told earlier
  public AuditReport verify(String log, Map<Long, String> kept) {
    AuditLog found =
        sealer.logs().stream()
            .filter(known -> known.name().equals(log))
            .findFirst()
            .orElseThrow(() -> ApiErrors.notFound("NO_SUCH_LOG", "there is no audit log " + log));
    return new Check(found, kept).run();
  }

  /// One check. What has to be in the chain is read before the chain, which only grows.
  private final class Check {
    private final AuditLog log;
    private final Map<Long, String> wanted;
    private final Map<Long, String> whence = new HashMap<>();
    private long sequence;
    private long rows;
    private byte[] digest = new byte[Segment.DIGEST_LENGTH];
    private Position last = Position.START;
    private @Nullable SignedHead newest;

    Check(AuditLog log, Map<Long, String> kept) {
      this.log = log;
      this.wanted = new HashMap<>(kept);
      kept.keySet().forEach(known -> whence.put(known, "a head that was kept"));
    }

    AuditReport run() {
      Broken broken = heads();
      if (broken == null) {
        Chain state = database.read(handle -> store.chain(handle, log.name())).orElse(null);
        broken = segments();
        if (broken == null && state != null) {
          broken = missing(state.sequence());
        }
      }
      return report(broken);
    }

    private @Nullable Broken heads() {
      long after = 0;
      while (true) {
        long from = after;
        List<SignedHead> some =
            database.read(handle -> store.heads(handle, log.name(), from, HEADS_AT_ONCE));
        for (SignedHead head : some) {
          if (!signer.genuine(head)) {
            return new Broken(
                "head-not-genuine",
                head.sequence(),
                null,
                "the head is not signed by this service");
          }
          String known =
              wanted.putIfAbsent(head.sequence(), HexFormat.of().formatHex(head.digest()));
          whence.putIfAbsent(head.sequence(), "a signed head");
          if (known != null && !known.equals(HexFormat.of().formatHex(head.digest()))) {
            return contradicted(head.sequence());
          }
          newest = head;
          after = head.sequence();
        }
        if (some.size() < HEADS_AT_ONCE) {
          return null;
        }
      }
    }

    private @Nullable Broken segments() {
      List<Segment> some;
      do {
        long from = sequence;
        some = database.read(handle -> store.segments(handle, log.name(), from, SEGMENTS_AT_ONCE));
        for (Segment segment : some) {
          Broken broken = check(segment);
          if (broken != null) {
            return broken;
          }
        }
      } while (some.size() == SEGMENTS_AT_ONCE);
      return null;
    }

    private @Nullable Broken check(Segment segment) {
      if (segment.sequence() != sequence + 1) {
        return new Broken(
            "segment-missing", sequence + 1, null, "segment " + (sequence + 1) + " is gone");
      }
      if (!segment.follows(log.name(), digest)) {
        return new Broken(
            "segment-altered", segment.sequence(), null, "the segment does not follow the chain");
      }
      String head = wanted.remove(segment.sequence());
      if (head != null && !head.equals(HexFormat.of().formatHex(segment.digest()))) {
        return contradicted(segment.sequence());
      }
      Broken row = rows(segment);
      sequence = segment.sequence();
      digest = segment.digest();
      last = segment.last();
      rows += segment.rows().size();
      return row;
    }

    /// Compares what was sealed with what is there now, in order.
    private @Nullable Broken rows(Segment segment) {
      List<Sealed> sealed = segment.rows();
      Position from = last;
      List<Row> now =
          database.read(
              handle -> store.between(handle, log, from, segment.last(), sealed.size() + 1));
      for (int i = 0; i < Math.max(sealed.size(), now.size()); i++) {
        boolean same =
            i < sealed.size() && i < now.size() && sealed.get(i).id() == now.get(i).position().id();
        if (!same) {
          return misplaced(segment, now, i);
        }
        if (!Arrays.equals(sealed.get(i).digest(), now.get(i).digest())) {
          return about(segment, "row-altered", sealed.get(i).id(), "differs from what was sealed");
        }
      }
      return null;
    }

    private Broken misplaced(Segment segment, List<Row> now, int at) {
      Set<Long> sealed = segment.rows().stream().map(Sealed::id).collect(Collectors.toSet());
      Set<Long> present = new HashSet<>();
      now.forEach(row -> present.add(row.position().id()));
      if (at < segment.rows().size() && !present.contains(segment.rows().get(at).id())) {
        return about(segment, "row-deleted", segment.rows().get(at).id(), "is gone");
      }
      if (at < now.size() && !sealed.contains(now.get(at).position().id())) {
        return about(
            segment,
            "row-inserted",
            now.get(at).position().id(),
            "was not there when it was sealed");
      }
      long id = segment.rows().get(Math.min(at, segment.rows().size() - 1)).id();
      return about(segment, "rows-reordered", id, "stands elsewhere than when it was sealed");
    }

    private Broken about(Segment segment, String kind, long rowId, String what) {
      return new Broken(kind, segment.sequence(), rowId, "row " + rowId + " " + what);
    }

    private @Nullable Broken missing(long stated) {
      long furthest = wanted.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
      if (furthest > sequence) {
        return new Broken(
            "truncated",
            sequence + 1,
            null,
            whence.get(furthest)
                + " is of segment "
                + furthest
                + ", the chain ends at "
                + sequence);
      }
      return stated > sequence
          ? new Broken(
              "truncated",
              sequence + 1,
              null,
              "the chain had " + stated + " segments, now " + sequence)
          : null;
    }

    private Broken contradicted(long at) {
      return new Broken(
          "head-contradicted", at, null, "segment " + at + " is another than " + whence.get(at));
    }

    private AuditReport report(@Nullable Broken broken) {
      Position from = last;
      int unsealed =
          broken != null
              ? 0
              : database.read(handle -> store.fresh(handle, log, from, MOST_UNSEALED)).size();
      return new AuditReport(
          log.name(),
          broken == null,
          rows,
          sequence,
          unsealed,
          broken,
          new Head(
              sequence,
              HexFormat.of().formatHex(digest),
              newest == null ? null : newest.signedAt()));
    }
  }
}
