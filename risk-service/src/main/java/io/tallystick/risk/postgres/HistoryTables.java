package io.tallystick.risk.postgres;

import io.tallystick.kit.database.Pipeline;
import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.risk.history.History;
import io.tallystick.risk.history.HistoryPool;
import io.tallystick.risk.history.KnownPayment;
import io.tallystick.risk.history.KnownTap;
import io.tallystick.risk.history.PaidAmount;
import io.tallystick.risk.history.Reach;
import io.tallystick.risk.history.Standing;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.Way;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Loads what surrounds a batch of payments: a few statements for the whole batch, each with a
/// limit per payment. The payers' rows must be locked, or a payment being decided at the same time
/// would be missed.
public final class HistoryTables {
  static final String ASKED =
      """
      with asked as (
        select * from jsonb_to_recordset(cast(:asked as jsonb)) as a
          (payment_id text, payer_id text, device_id text, currency text, paid_at timestamptz,
           counter bigint))
      """;

  private static final String NEARBY =
      ASKED
          + """
          select a.payer_id as asked_payer, o.*, coalesce(s.standing, 'open') as standing
          from asked a cross join lateral (
            (select * from observation
              where payer_id = a.payer_id and paid_at <= a.paid_at
                and paid_at >= a.paid_at - cast(:window as interval)
              order by paid_at desc, payment_id desc limit :most)
            union all
            (select * from observation
              where payer_id = a.payer_id and paid_at > a.paid_at
                and paid_at <= a.paid_at + cast(:window as interval)
              order by paid_at, payment_id limit :most)) o
          left join payment_standing s
            on s.payment_id = o.payment_id and s.payer_id = o.payer_id
          """;

  private static final String PLACED =
      ASKED
          + """
          select a.payer_id as asked_payer, o.* from asked a cross join lateral (
            (select n.*, coalesce(s.standing, 'open') as standing
              from observation n left join payment_standing s
                on s.payment_id = n.payment_id and s.payer_id = n.payer_id
              where n.payer_id = a.payer_id and n.paid_at <= a.paid_at
                and n.paid_at >= a.paid_at - cast(:window as interval)
                and n.latitude is not null and coalesce(s.standing, 'open') <> 'failed'
              order by n.paid_at desc, n.payment_id desc limit :most)
            union all
            (select n.*, coalesce(s.standing, 'open') as standing
              from observation n left join payment_standing s
                on s.payment_id = n.payment_id and s.payer_id = n.payer_id
              where n.payer_id = a.payer_id and n.paid_at > a.paid_at
                and n.paid_at <= a.paid_at + cast(:window as interval)
                and n.latitude is not null and coalesce(s.standing, 'open') <> 'failed'
              order by n.paid_at, n.payment_id limit :most)) o
          """;

  private static final String COUNTERS =
      ASKED
          + """
          select a.payer_id as asked_payer, o.* from asked a cross join lateral (
            (select * from observation
              where payer_id = a.payer_id and device_id = a.device_id and counter < a.counter
              order by counter desc limit 1)
            union all
            (select * from observation
              where payer_id = a.payer_id and device_id = a.device_id and counter > a.counter
              order by counter limit 1)) o
          where a.counter is not null
          """;

  private static final String AMOUNTS =
      ASKED
          + """
          select a.payment_id as asked_payment, s.* from asked a cross join lateral (
            select payment_id, moved_minor, paid_at from payment_standing
            where payer_id = a.payer_id and currency = a.currency and moved_minor > 0
              and paid_at < a.paid_at and payment_id <> a.payment_id
            order by paid_at desc limit :most) s
          order by s.paid_at desc, s.payment_id
          """;

  private HistoryTables() {}

  public static HistoryPool load(Handle handle, List<Observation> observations, Reach reach) {
    Pipeline pipeline = Pipeline.on(handle);
    HistoryPool pool = load(pipeline, observations, reach);
    pipeline.send();
    return pool;
  }

  /// As [#load(Handle, List, Reach)]; the pool is filled once `pipeline` is sent.
  public static HistoryPool load(Pipeline pipeline, List<Observation> observations, Reach reach) {
    HistoryPool pool = new HistoryPool();
    if (observations.isEmpty()) {
      return pool;
    }
    Handle handle = pipeline.handle();
    String asked = StoredJson.write(observations.stream().map(AskedPayment::of).toList());
    if (!reach.window().isZero()) {
      Query nearby = handle.createQuery(NEARBY).bind("window", reach.window().toString());
      loadPayments(pipeline, nearby.bind("most", History.MAX_NEARBY), asked, pool);
    }
    if (!reach.lookback().isZero()) {
      Query placed = handle.createQuery(PLACED).bind("window", reach.lookback().toString());
      loadPayments(pipeline, placed.bind("most", 1), asked, pool);
    }
    if (observations.stream().anyMatch(observation -> observation.way().isTap())) {
      loadTaps(pipeline, asked, pool);
    }
    if (reach.amounts() > 0) {
      loadAmounts(pipeline, asked, reach.amounts(), pool);
    }
    PayerTables.load(pipeline, asked, pool);
    return pool;
  }

  private static void loadPayments(Pipeline pipeline, Query query, String asked, HistoryPool pool) {
    pipeline.query(
        query.bind("asked", asked),
        (row, _) -> {
          pool.addPayment(row.getString("asked_payer"), payment(row));
          return row.getString("payment_id");
        },
        _ -> {});
    pipeline.weigh(asked.length());
  }

  private static KnownPayment payment(ResultSet row) throws SQLException {
    return new KnownPayment(
        row.getString("payment_id"),
        Way.valueOf(row.getString("way").toUpperCase(Locale.ROOT)),
        Rows.money(row),
        Rows.instant(row, "paid_at"),
        TerminalId.of(row.getString("terminal_id")),
        Rows.place(row),
        Standing.valueOf(row.getString("standing").toUpperCase(Locale.ROOT)));
  }

  private static void loadTaps(Pipeline pipeline, String asked, HistoryPool pool) {
    pipeline.query(
        pipeline.handle().createQuery(COUNTERS).bind("asked", asked),
        (row, _) -> {
          KnownTap tap =
              new KnownTap(
                  row.getString("payment_id"),
                  Counter.of(row.getLong("counter")),
                  Rows.money(row),
                  row.getLong("allowance_left_minor"),
                  Rows.instant(row, "paid_at"));
          DeviceId device = DeviceId.parse(row.getString("device_id"));
          pool.addTap(row.getString("asked_payer"), device, tap);
          return tap;
        },
        _ -> {});
    pipeline.weigh(asked.length());
  }

  private static void loadAmounts(Pipeline pipeline, String asked, int most, HistoryPool pool) {
    pipeline.query(
        pipeline.handle().createQuery(AMOUNTS).bind("asked", asked).bind("most", most),
        (row, _) -> {
          PaidAmount amount =
              new PaidAmount(
                  row.getString("payment_id"),
                  row.getLong("moved_minor"),
                  Rows.instant(row, "paid_at"));
          pool.addAmount(row.getString("asked_payment"), amount);
          return amount;
        },
        _ -> {});
    pipeline.weigh(asked.length());
  }
}
