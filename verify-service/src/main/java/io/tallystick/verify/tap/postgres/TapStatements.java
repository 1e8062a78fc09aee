package io.tallystick.verify.tap.postgres;

import io.tallystick.protocol.crypto.Digest;
import io.tallystick.verify.tap.StandingToken;
import io.tallystick.verify.tap.VerifiedHalf;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/// Statements on tokens and halves, inside the caller's transaction.
final class TapStatements {
  private static final String STAND =
      """
      INSERT INTO tap_token (serial, body_digest, token_digest, token, payer_id, device_id, counter,
                             stood_at)
      SELECT serial, decode(body_digest, 'hex'), decode(token_digest, 'hex'),
             decode(token, 'hex'), payer_id, device_id, counter, :now
        FROM unnest(:serials, :bodies, :digests, :tokens, :payers, :devices, :counters)
             AS t(serial, body_digest, token_digest, token, payer_id, device_id, counter)
       ORDER BY serial
          ON CONFLICT (serial) DO NOTHING
      RETURNING serial
      """;

  private static final String STANDING = "SELECT * FROM tap_token WHERE serial = ANY(:serials)";

  private static final String KEEP_HALVES =
      """
      INSERT INTO tap_half (serial, side, half, is_late, received_at)
      SELECT serial, side, decode(half, 'hex'), is_late, :now
        FROM unnest(:serials, :sides, :halves, :lates) AS h(serial, side, half, is_late)
       ORDER BY serial, side
          ON CONFLICT (serial, side) DO NOTHING
      RETURNING serial, side
      """;

  private TapStatements() {}

  /// Makes tokens stand whose serials are free; returns those serials.
  static Set<String> stand(Handle handle, List<VerifiedHalf> firsts, Instant now) {
    if (firsts.isEmpty()) {
      return Set.of();
    }
    var statement = handle.createQuery(STAND).bind("now", now);
    text(statement, "serials", firsts, VerifiedHalf::serial);
    text(statement, "bodies", firsts, half -> half.bodyDigest().toString());
    text(statement, "digests", firsts, half -> half.token().digest().toString());
    text(statement, "tokens", firsts, half -> hex(half.token().encode()));
    text(statement, "payers", firsts, VerifiedHalf::payerId);
    text(statement, "devices", firsts, half -> half.token().deviceId().toString());
    statement.bindArray(
        "counters",
        Long.class,
        firsts.stream().map(half -> half.token().body().counter().value()).toList());
    return new HashSet<>(statement.mapTo(String.class).list());
  }

  static Map<String, StandingToken> standing(Handle handle, Collection<String> serials) {
    Map<String, StandingToken> standing = new HashMap<>();
    handle
        .createQuery(STANDING)
        .bindArray("serials", String.class, List.copyOf(serials))
        .map((row, _) ->
            new StandingToken(
                row.getString("serial"),
                Digest.of(row.getBytes("body_digest")),
                Digest.of(row.getBytes("token_digest")),
                row.getBytes("token"),
                row.getString("payer_id"),
                row.getLong("missing_counters")))
        .forEach(token -> standing.put(token.serial(), token));
    return standing;
  }

  /// Stores halves that are not there; returns which, as `side serial`.
  static Set<String> keepHalves(Handle handle, List<VerifiedHalf> halves, Instant now) {
    if (halves.isEmpty()) {
      return Set.of();
    }
    var statement = handle.createQuery(KEEP_HALVES).bind("now", now);
    text(statement, "serials", halves, VerifiedHalf::serial);
    text(statement, "sides", halves, half -> half.half().side().name());
    text(statement, "halves", halves, half -> hex(half.bytes()));
    statement.bindArray("lates", Boolean.class, halves.stream().map(VerifiedHalf::isLate).toList());
    return new HashSet<>(
        statement.map((row, _) -> row.getString(2) + " " + row.getString(1)).list());
  }

  private static void text(
      SqlStatement<?> statement,
      String name,
      List<VerifiedHalf> halves,
      Function<VerifiedHalf, String> value) {
    statement.bindArray(name, String.class, halves.stream().map(value).toList());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
