package io.tallystick.verify.terminal.postgres;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.verify.terminal.Terminal;
import io.tallystick.verify.terminal.Terminal.FormerKey;
import io.tallystick.verify.terminal.Terminal.Place;
import io.tallystick.verify.terminal.TerminalName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Statements on merchants and terminals, inside the caller's transaction.
public final class PostgresTerminals {
  private static final String UPSERT_MERCHANT =
      """
      INSERT INTO merchant AS m (merchant_id, name, registered_at, changed_at)
      VALUES (:merchant, :name, :at, :at)
      ON CONFLICT (merchant_id) DO UPDATE
         SET name = excluded.name, changed_at = excluded.changed_at
       WHERE m.name <> excluded.name
      """;

  /// Locks the terminal, so that of two changes of it each sees the other's.
  private static final String LOCK =
      """
      SELECT * FROM terminal
       WHERE merchant_id = :merchant AND terminal_id = :terminal FOR UPDATE
      """;

  private static final String UPSERT =
      """
      INSERT INTO terminal (merchant_id, terminal_id, public_key, latitude_degrees,
                            longitude_degrees, floor_limit_minor, registered_at, changed_at)
      VALUES (:merchant, :terminal, :key, :latitude, :longitude, :floor, :at, :at)
      ON CONFLICT (merchant_id, terminal_id) DO UPDATE
         SET public_key = excluded.public_key, latitude_degrees = excluded.latitude_degrees,
             longitude_degrees = excluded.longitude_degrees,
             floor_limit_minor = excluded.floor_limit_minor, changed_at = excluded.changed_at
      """;

  private static final String KEEP_FORMER_KEY =
      """
      INSERT INTO terminal_former_key (merchant_id, terminal_id, public_key, replaced_at)
      VALUES (:merchant, :terminal, :key, :at)
      ON CONFLICT DO NOTHING
      """;

  private PostgresTerminals() {}

  public static void putMerchant(Handle handle, MerchantId merchant, String name, Instant at) {
    handle
        .createUpdate(UPSERT_MERCHANT)
        .bind("merchant", merchant.value())
        .bind("name", name)
        .bind("at", at)
        .execute();
  }

  public static boolean merchantExists(Handle handle, MerchantId merchant) {
    return handle
        .createQuery("SELECT 1 FROM merchant WHERE merchant_id = :merchant")
        .bind("merchant", merchant.value())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /// The terminal without its former keys, locked until the transaction ends.
  public static Optional<Terminal> lock(Handle handle, TerminalName name) {
    return handle
        .createQuery(LOCK)
        .bind("merchant", name.merchant().value())
        .bind("terminal", name.terminal().value())
        .map((row, _) -> map(row, List.of()))
        .findOne();
  }

  /// Registers or changes a terminal; a key that is replaced is kept as a former one. Whether it is
  /// retired does not change.
  ///
  /// @param before what [#lock] found
  public static void put(Handle handle, Terminal terminal, Optional<Terminal> before, Instant at) {
    Place place = terminal.place().orElse(null);
    handle
        .createUpdate(UPSERT)
        .bind("merchant", terminal.merchant().value())
        .bind("terminal", terminal.id().value())
        .bind("key", terminal.key().compressed())
        .bind("latitude", place == null ? null : (Double) place.latitudeDegrees())
        .bind("longitude", place == null ? null : (Double) place.longitudeDegrees())
        .bind("floor", terminal.atRiskLimitMinor())
        .bind("at", at)
        .execute();
    before
        .map(Terminal::key)
        .filter(key -> !key.equals(terminal.key()))
        .ifPresent(key -> keepFormerKey(handle, terminal.name(), key, at));
  }

  private static void keepFormerKey(
      Handle handle, TerminalName name, Sm2PublicKey key, Instant at) {
    handle
        .createUpdate(KEEP_FORMER_KEY)
        .bind("merchant", name.merchant().value())
        .bind("terminal", name.terminal().value())
        .bind("key", key.compressed())
        .bind("at", at)
        .execute();
  }

  public static Optional<Terminal> find(Handle handle, TerminalName name) {
    List<FormerKey> former =
        handle
            .createQuery(
                """
                SELECT public_key, replaced_at FROM terminal_former_key
                 WHERE merchant_id = :merchant AND terminal_id = :terminal
                 ORDER BY replaced_at DESC LIMIT 8
                """)
            .bind("merchant", name.merchant().value())
            .bind("terminal", name.terminal().value())
            .map((row, _) ->
                new FormerKey(
                    Sm2PublicKey.fromCompressed(row.getBytes("public_key")),
                    row.getObject("replaced_at", OffsetDateTime.class).toInstant()))
            .list();
    return handle
        .createQuery(
            "SELECT * FROM terminal WHERE merchant_id = :merchant AND terminal_id = :terminal")
        .bind("merchant", name.merchant().value())
        .bind("terminal", name.terminal().value())
        .map((row, _) -> map(row, former))
        .findOne();
  }

  /// Terminals of a merchant by id, those after `after`.
  public static List<Terminal> list(
      Handle handle, MerchantId merchant, @Nullable TerminalId after, int most) {
    return handle
        .createQuery(
            """
            SELECT * FROM terminal
             WHERE merchant_id = :merchant AND terminal_id COLLATE "C" > :after
             ORDER BY terminal_id COLLATE "C" LIMIT :most
            """)
        .bind("merchant", merchant.value())
        .bind("after", after == null ? "" : after.value())
        .bind("most", most)
        .map((row, _) -> map(row, List.of()))
        .list();
  }

  private static Terminal map(ResultSet row, List<FormerKey> former) throws SQLException {
    Object latitude = row.getObject("latitude_degrees");
    Optional<Place> place =
        latitude == null
            ? Optional.empty()
            : Optional.of(
                new Place(row.getDouble("latitude_degrees"), row.getDouble("longitude_degrees")));
    return new Terminal(
        new TerminalName(
            MerchantId.of(row.getString("merchant_id")),
            TerminalId.of(row.getString("terminal_id"))),
        Sm2PublicKey.fromCompressed(requireNonNull(row.getBytes("public_key"), "public_key")),
        former,
        place,
        row.getLong("floor_limit_minor"),
        PostgresRetirements.map(row));
  }
}
