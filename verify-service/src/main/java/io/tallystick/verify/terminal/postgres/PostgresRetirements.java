package io.tallystick.verify.terminal.postgres;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.verify.terminal.Retirement;
import io.tallystick.verify.terminal.TerminalName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Statements that take terminals out of force and back, with their trail, inside the caller's
/// transaction.
public final class PostgresRetirements {
  private static final String SET =
      """
      UPDATE terminal SET retired_at = :at, retirement_reason = :reason, changed_at = :now
       WHERE merchant_id = :merchant AND terminal_id = :terminal
      """;

  private static final String NOTE =
      """
      INSERT INTO terminal_event
        (event_id, occurred_at, kind, merchant_id, terminal_id, actor, reason)
      VALUES (gen_random_uuid(), :now, :kind, :merchant, :terminal, :actor, :reason)
      """;

  private static final String IN_FORCE =
      """
      SELECT merchant_id, terminal_id
        FROM terminal
        JOIN unnest(:merchants::text[], :terminals::text[]) AS asked (merchant_id, terminal_id)
       USING (merchant_id, terminal_id)
       WHERE retired_at IS NULL
      """;

  private PostgresRetirements() {}

  /// Retires a terminal that is in force and locked.
  public static void retire(Handle handle, TerminalName name, Retirement retirement, String actor) {
    set(handle, name, retirement, retirement.at());
    note(handle, name, "terminal_retired", actor, retirement.reason(), retirement.at());
  }

  /// Puts a terminal that is retired and locked in force again.
  public static void reinstate(Handle handle, TerminalName name, String actor, Instant at) {
    set(handle, name, null, at);
    note(handle, name, "terminal_reinstated", actor, null, at);
  }

  /// Those that are registered and not retired.
  public static Set<TerminalName> inForce(Handle handle, Collection<TerminalName> names) {
    List<TerminalName> asked = List.copyOf(names);
    return handle
        .createQuery(IN_FORCE)
        .bindArray(
            "merchants", String.class, asked.stream().map(name -> name.merchant().value()).toList())
        .bindArray(
            "terminals", String.class, asked.stream().map(name -> name.terminal().value()).toList())
        .map((row, _) ->
            new TerminalName(
                MerchantId.of(row.getString("merchant_id")),
                TerminalId.of(row.getString("terminal_id"))))
        .collect(Collectors.toSet());
  }

  static Optional<Retirement> map(ResultSet row) throws SQLException {
    OffsetDateTime at = row.getObject("retired_at", OffsetDateTime.class);
    return at == null
        ? Optional.empty()
        : Optional.of(
            new Retirement(
                at.toInstant(), requireNonNull(row.getString("retirement_reason"), "reason")));
  }

  private static void set(
      Handle handle, TerminalName name, @Nullable Retirement retirement, Instant now) {
    handle
        .createUpdate(SET)
        .bind("at", retirement == null ? null : retirement.at())
        .bind("reason", retirement == null ? null : retirement.reason())
        .bind("now", now)
        .bind("merchant", name.merchant().value())
        .bind("terminal", name.terminal().value())
        .execute();
  }

  private static void note(
      Handle handle,
      TerminalName name,
      String kind,
      String actor,
      @Nullable String reason,
      Instant now) {
    handle
        .createUpdate(NOTE)
        .bind("now", now)
        .bind("kind", kind)
        .bind("merchant", name.merchant().value())
        .bind("terminal", name.terminal().value())
        .bind("actor", actor)
        .bind("reason", reason)
        .execute();
  }
}
