package io.tallystick.kit.audit;

import io.tallystick.kit.audit.Segment.Position;
import io.tallystick.kit.audit.Segment.Sealed;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// The SQL of chains.
@Singleton
class AuditStore {
  /// Where a chain stands.
  record Chain(long sequence, byte[] digest, Position last) {}

  /// A row of a log, as it is now.
  record Row(Position position, byte[] digest) {}

  /// Transactions below this are over, so that no row can appear before one that is sealed.
  private static final String FINISHED = "written_xid < pg_snapshot_xmin(pg_current_snapshot())";

  /// Locks the chain unless another replica seals; makes it at first use.
  Optional<Chain> tryLock(Handle handle, String log) {
    handle.execute("insert into audit_chain (log) values (?) on conflict do nothing", log);
    return chain(handle, log, "for update skip locked");
  }

  Optional<Chain> chain(Handle handle, String log) {
    return chain(handle, log, "");
  }

  /// Rows after `from` that are not sealed yet and whose transactions are over.
  List<Row> fresh(Handle handle, AuditLog log, Position from, int limit) {
    return rows(handle, log, FINISHED, from, null, limit);
  }

  /// Rows after `from` up to `to`.
  List<Row> between(Handle handle, AuditLog log, Position from, Position to, int limit) {
    String upTo = "(written_xid, written_id) <= (:lastXid::text::xid8, :lastId)";
    return rows(handle, log, upTo, from, to, limit);
  }

  void append(Handle handle, String log, Segment segment, Instant now) {
    handle.execute(
        """
        insert into audit_segment
          (log, sequence, last_xid, last_id, row_ids, row_digests, digest, sealed_at)
        values (?, ?, ?, ?, ?::bigint[], ?, ?, ?::timestamptz)
        """,
        log,
        segment.sequence(),
        segment.last().xid(),
        segment.last().id(),
        segment.rows().stream().map(Sealed::id).toArray(Long[]::new),
        digests(segment.rows()),
        segment.digest(),
        now.atOffset(ZoneOffset.UTC));
    handle.execute(
        "update audit_chain set sequence = ?, digest = ?, last_xid = ?, last_id = ? where log = ?",
        segment.sequence(),
        segment.digest(),
        segment.last().xid(),
        segment.last().id(),
        log);
  }

  /// Segments after a sequence, in order.
  List<Segment> segments(Handle handle, String log, long after, int limit) {
    return handle
        .createQuery(
            """
            select sequence, last_xid, last_id, row_ids, row_digests, digest from audit_segment
            where log = ? and sequence > ? order by sequence limit ?
            """)
        .bind(0, log)
        .bind(1, after)
        .bind(2, limit)
        .map((row, _) -> segment(row))
        .list();
  }

  void append(Handle handle, SignedHead head) {
    handle.execute(
        """
        insert into audit_head (log, sequence, digest, signed_at, certificate, signature)
        values (?, ?, ?, ?::timestamptz, ?, ?) on conflict do nothing
        """,
        head.log(),
        head.sequence(),
        head.digest(),
        head.signedAt().atOffset(ZoneOffset.UTC),
        head.certificate(),
        head.signature());
  }

  /// Heads after a sequence, in order.
  List<SignedHead> heads(Handle handle, String log, long after, int limit) {
    return handle
        .createQuery(
            "select * from audit_head where log = ? and sequence > ? order by sequence limit ?")
        .bind(0, log)
        .bind(1, after)
        .bind(2, limit)
        .map((row, _) -> head(row))
        .list();
  }

  Optional<SignedHead> lastHead(Handle handle, String log) {
    return handle
        .createQuery("select * from audit_head where log = ? order by sequence desc limit 1")
        .bind(0, log)
        .map((row, _) -> head(row))
        .findOne();
  }

  private static Optional<Chain> chain(Handle handle, String log, String lock) {
    return handle
        .createQuery(
            "select sequence, digest, last_xid, last_id from audit_chain where log = ? " + lock)
        .bind(0, log)
        .map((row, _) ->
            new Chain(
                row.getLong(1), row.getBytes(2), new Position(row.getLong(3), row.getLong(4))))
        .findOne();
  }

  private static List<Row> rows(
      Handle handle,
      AuditLog log,
      String condition,
      Position from,
      @Nullable Position to,
      int limit) {
    Query query =
        handle
            .createQuery(log.select(condition))
            .bind("xid", from.xid())
            .bind("id", from.id())
            .bind("limit", limit);
    if (to != null) {
      query.bind("lastXid", to.xid()).bind("lastId", to.id());
    }
    return query.map((row, _) -> row(row)).list();
  }

  private static Row row(ResultSet row) throws SQLException {
    String[] columns = (String[]) row.getArray("row").getArray();
    return new Row(
        new Position(row.getLong("xid"), row.getLong("id")),
        Segment.rowDigest(Arrays.asList(columns)));
  }

  private static Segment segment(ResultSet row) throws SQLException {
    Long[] ids = (Long[]) row.getArray("row_ids").getArray();
    byte[] digests = row.getBytes("row_digests");
    List<Sealed> rows = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      int from = i * Segment.DIGEST_LENGTH;
      rows.add(new Sealed(ids[i], Arrays.copyOfRange(digests, from, from + Segment.DIGEST_LENGTH)));
    }
    return new Segment(
        row.getLong("sequence"),
        new Position(row.getLong("last_xid"), row.getLong("last_id")),
        rows,
        row.getBytes("digest"));
  }

  private static SignedHead head(ResultSet row) throws SQLException {
    return new SignedHead(
        row.getString("log"),
        row.getLong("sequence"),
        row.getBytes("digest"),
        row.getObject("signed_at", OffsetDateTime.class).toInstant(),
        row.getBytes("certificate"),
        row.getBytes("signature"));
  }

  private static byte[] digests(List<Sealed> rows) {
    byte[] all = new byte[rows.size() * Segment.DIGEST_LENGTH];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(
          rows.get(i).digest(), 0, all, i * Segment.DIGEST_LENGTH, Segment.DIGEST_LENGTH);
    }
    return all;
  }
}
