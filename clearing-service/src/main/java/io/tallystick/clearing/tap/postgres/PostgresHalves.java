package io.tallystick.clearing.tap.postgres;

import io.tallystick.clearing.ledger.postgres.Columns;
import io.tallystick.clearing.payment.PaymentTerms;
import io.tallystick.clearing.payment.Reason;
import io.tallystick.clearing.payment.postgres.PaymentRows;
import io.tallystick.clearing.payment.postgres.ReasonJson;
import io.tallystick.clearing.tap.Half;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.protocol.state.HalvesState;
import io.tallystick.protocol.tap.TapHalf;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Halves and their state.
@Singleton
public class PostgresHalves {
  private final ReasonJson json;

  PostgresHalves(ReasonJson json) {
    this.json = json;
  }

  /// A tap whose halves have another state now.
  public record Matched(Half half, HalvesState state, List<Reason> reasons) {
    /// The tap's serial, as text.
    public String serial() {
      return serialOf(half.terms());
    }
  }

  private static String serialOf(PaymentTerms terms) {
    return terms.paymentId().substring(PaymentTerms.TAP_PREFIX.length());
  }

  /// Stores halves; one of a side that is here already is left out.
  public void insert(Handle handle, List<Half> halves) {
    Columns.of(halves)
        .text("payer", half -> half.terms().payerId())
        .text("payment", half -> half.terms().paymentId())
        .text("side", half -> Half.text(half.side()))
        .text("merchant", half -> half.terms().merchantId())
        .text("terminal", half -> half.terms().terminalId())
        .int8("amount", half -> half.terms().amount().amountMinor())
        .text("currency", half -> half.terms().amount().currency())
        .text("token", Half::tokenDigest)
        .text("receipt", half -> half.receipt() == null ? null : half.receipt().digest())
        .int8("receipt_amount", PostgresHalves::receiptMinor)
        .text(
            "receipt_currency",
            half -> half.receipt() == null ? null : half.receipt().amount().currency())
        .text(
            "receipt_merchant", half -> half.receipt() == null ? null : half.receipt().merchantId())
        .bool("powered_off", Half::poweredOff)
        .bool("late", Half::late)
        .int4("missing", Half::missingCounters)
        .instant("tapped", Half::tappedAt)
        .instant("received", Half::receivedAt)
        .bind(
            handle.createUpdate(
                """
                INSERT INTO tap_half
                  (payer_id, payment_id, side, merchant_id, terminal_id, amount_minor, currency,
                   token_digest, receipt_digest, receipt_amount_minor, receipt_currency,
                   receipt_merchant_id, powered_off, late, missing_counters, tapped_at, received_at)
                SELECT x.payer_id, x.payment_id, x.side, x.merchant_id, x.terminal_id,
                  x.amount_minor, x.currency, decode(x.token, 'hex'), decode(x.receipt, 'hex'),
                  x.receipt_amount, x.receipt_currency, x.receipt_merchant, x.powered_off, x.late,
                  x.missing, x.tapped_at::timestamptz, x.received_at::timestamptz
                FROM unnest(:payer, :payment, :side, :merchant, :terminal, :amount, :currency, :token,
                  :receipt, :receipt_amount, :receipt_currency, :receipt_merchant, :powered_off,
                  :late, :missing, :tapped, :received)
                  AS x(payer_id, payment_id, side, merchant_id, terminal_id, amount_minor, currency,
                   token, receipt, receipt_amount, receipt_currency, receipt_merchant, powered_off,
                   late, missing, tapped_at, received_at)
                ORDER BY x.payer_id, x.payment_id, x.side
                ON CONFLICT (payer_id, payment_id, side) DO NOTHING
                """))
        .execute();
  }

  private static @Nullable Long receiptMinor(Half half) {
    return half.receipt() == null ? null : half.receipt().amount().amountMinor();
  }

  /// Locks the taps of these halves, one after another, so that each sees the other's half.
  ///
  /// @return their states, by payment id; those of taps that are new are missing
  public Map<String, String> lockStates(Handle handle, Collection<Half> halves) {
    Map<String, String> states = new HashMap<>();
    keys(halves)
        .bind(
            handle.createQuery(
                """
                SELECT t.payment_id, t.halves_state FROM tap t
                WHERE (t.payer_id, t.payment_id) IN (SELECT * FROM unnest(:payer, :payment))
                ORDER BY t.payer_id, t.payment_id
                FOR NO KEY UPDATE
                """))
        .map((row, _) -> Map.entry(row.getString("payment_id"), row.getString("halves_state")))
        .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
    return states;
  }

  /// All stored halves of the taps of these halves, by payment id.
  public Map<String, List<Half>> ofTaps(Handle handle, Collection<Half> halves) {
    Map<String, List<Half>> stored = new LinkedHashMap<>();
    keys(halves)
        .bind(
            handle.createQuery(
                """
                SELECT h.payer_id, h.payment_id, h.side, h.merchant_id, h.terminal_id,
                  h.amount_minor, h.currency, encode(h.token_digest, 'hex') AS token,
                  encode(h.receipt_digest, 'hex') AS receipt, h.receipt_amount_minor,
                  h.receipt_currency, h.receipt_merchant_id, h.powered_off, h.late,
                  h.missing_counters, h.tapped_at, h.received_at
                FROM tap_half h
                WHERE (h.payer_id, h.payment_id) IN (SELECT * FROM unnest(:payer, :payment))
                ORDER BY h.payer_id, h.payment_id, h.side
                """))
        .map((row, _) -> half(row))
        .forEach(half ->
            stored.computeIfAbsent(half.terms().paymentId(), _ -> new ArrayList<>()).add(half));
    return stored;
  }

  /// Writes new states.
  public void write(Handle handle, List<Matched> changed, Instant now) {
    Columns.of(changed)
        .text("payer", m -> m.half().terms().payerId())
        .text("payment", m -> m.half().terms().paymentId())
        .text("serial", Matched::serial)
        .text("merchant", m -> m.half().terms().merchantId())
        .instant("tapped", m -> m.half().tappedAt())
        .text("state", m -> m.state().text())
        .text("reasons", m -> json.write(m.reasons()))
        .bind(
            handle.createUpdate(
                """
                INSERT INTO tap
                  (payer_id, payment_id, serial, merchant_id, tapped_at, halves_state, reasons,
                   first_half_at, changed_at)
                SELECT x.payer_id, x.payment_id, x.serial, x.merchant_id, x.tapped_at::timestamptz,
                  x.halves_state, x.reasons::jsonb, :now::timestamptz, :now::timestamptz
                FROM unnest(:payer, :payment, :serial, :merchant, :tapped, :state, :reasons)
                  AS x(payer_id, payment_id, serial, merchant_id, tapped_at, halves_state, reasons)
                ORDER BY x.payer_id, x.payment_id
                ON CONFLICT (payer_id, payment_id) DO UPDATE
                SET halves_state = excluded.halves_state, reasons = excluded.reasons,
                    changed_at = excluded.changed_at
                """))
        .bind("now", now.toString())
        .execute();
  }

  private static Columns<Half> keys(Collection<Half> halves) {
    return Columns.of(halves)
        .text("payer", half -> half.terms().payerId())
        .text("payment", half -> half.terms().paymentId());
  }

  private static Half half(ResultSet row) throws SQLException {
    String paymentId = row.getString("payment_id");
    PaymentTerms terms =
        PaymentTerms.ofTap(
            TokenSerial.parse(paymentId.substring(PaymentTerms.TAP_PREFIX.length())),
            row.getString("payer_id"),
            row.getString("merchant_id"),
            row.getString("terminal_id"),
            Money.of(row.getLong("amount_minor"), row.getString("currency")));
    return new Half(
        terms,
        side(row.getString("side")),
        PaymentRows.required(row, "tapped_at"),
        PaymentRows.required(row, "received_at"),
        row.getString("token"),
        receipt(row),
        row.getBoolean("powered_off"),
        row.getBoolean("late"),
        row.getInt("missing_counters"));
  }

  private static Half.@Nullable Receipt receipt(ResultSet row) throws SQLException {
    String digest = row.getString("receipt");
    return digest == null
        ? null
        : new Half.Receipt(
            digest,
            Money.of(row.getLong("receipt_amount_minor"), row.getString("receipt_currency")),
            row.getString("receipt_merchant_id"));
  }

  private static TapHalf.Side side(String text) {
    for (TapHalf.Side side : TapHalf.Side.values()) {
      if (Half.text(side).equals(text)) {
        return side;
      }
    }
    throw new IllegalStateException("side of a half is unknown: " + text);
  }
}
