package io.tallystick.risk.postgres;

import io.tallystick.kit.database.Pipeline;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.risk.history.AllowanceGrant;
import io.tallystick.risk.history.Confirmation;
import io.tallystick.risk.history.DeviceFacts;
import io.tallystick.risk.history.DeviceHistory;
import io.tallystick.risk.history.DoubleSpend;
import io.tallystick.risk.history.History;
import io.tallystick.risk.history.HistoryPool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Loads devices and confirmations of the payers of a batch.
final class PayerTables {
  private static final String DEVICES =
      HistoryTables.ASKED
          + """
          select a.payer_id as payer_id, a.device_id as device_id, d.enrolled_at,
                 g.granted_at, g.amount_minor, g.currency
          from (select distinct payer_id, device_id from asked) a
          left join device d on d.payer_id = a.payer_id and d.device_id = a.device_id
          left join lateral (
            select * from device_grant
            where payer_id = a.payer_id and device_id = a.device_id
            order by granted_at desc limit :most) g on true
          order by g.granted_at desc
          """;

  private static final String DOUBLE_SPENDS =
      HistoryTables.ASKED
          + """
          select s.* from (select distinct payer_id, device_id from asked) a
          cross join lateral (
            select * from double_spend
            where payer_id = a.payer_id and device_id = a.device_id
            order by detected_at desc, serial limit :most) s
          order by s.detected_at desc, s.serial
          """;

  private static final String CONFIRMATIONS =
      HistoryTables.ASKED
          + """
          select c.* from (select distinct payer_id from asked) a
          cross join lateral (
            select * from confirmation where payer_id = a.payer_id
            order by confirmed_at desc, payment_id, rule limit :most) c
          order by c.confirmed_at desc, c.payment_id, c.rule
          """;

  private record Device(String payerId, DeviceId deviceId) {}

  /// A device's rows while they are gathered.
  private static final class Gathered {
    private @Nullable Instant enrolledAt;
    private final List<AllowanceGrant> grants = new ArrayList<>();
    private final List<DoubleSpend> doubleSpends = new ArrayList<>();
  }

  private PayerTables() {}

  static void load(Pipeline pipeline, String asked, HistoryPool pool) {
    Map<Device, Gathered> devices = new HashMap<>();
    loadDevices(pipeline, asked, devices);
    loadDoubleSpends(pipeline, asked, devices, () -> putDevices(devices, pool));
    loadConfirmations(pipeline, asked, pool);
  }

  private static void putDevices(Map<Device, Gathered> devices, HistoryPool pool) {
    devices.forEach((device, gathered) ->
        pool.putDevice(
            device.payerId(),
            device.deviceId(),
            new DeviceFacts(gathered.enrolledAt, gathered.grants, gathered.doubleSpends)));
  }

  private static void loadDevices(Pipeline pipeline, String asked, Map<Device, Gathered> devices) {
    pipeline.query(
        pipeline
            .handle()
            .createQuery(DEVICES)
            .bind("asked", asked)
            .bind("most", DeviceHistory.MAX_GRANTS),
        (row, _) -> {
          Device device =
              new Device(row.getString("payer_id"), DeviceId.parse(row.getString("device_id")));
          Gathered gathered = devices.computeIfAbsent(device, _ -> new Gathered());
          gathered.enrolledAt = Rows.instantOrNull(row, "enrolled_at");
          Instant grantedAt = Rows.instantOrNull(row, "granted_at");
          if (grantedAt != null) {
            gathered.grants.add(new AllowanceGrant(grantedAt, Rows.money(row)));
          }
          return device;
        },
        _ -> {});
    pipeline.weigh(asked.length());
  }

  private static void loadDoubleSpends(
      Pipeline pipeline, String asked, Map<Device, Gathered> devices, Runnable then) {
    pipeline.query(
        pipeline
            .handle()
            .createQuery(DOUBLE_SPENDS)
            .bind("asked", asked)
            .bind("most", DeviceHistory.MAX_DOUBLE_SPENDS),
        (row, _) -> {
          Device device =
              new Device(row.getString("payer_id"), DeviceId.parse(row.getString("device_id")));
          DoubleSpend spend =
              new DoubleSpend(
                  TokenSerial.parse(row.getString("serial")),
                  row.getString("evidence_id"),
                  Rows.instant(row, "detected_at"));
          devices.computeIfAbsent(device, _ -> new Gathered()).doubleSpends.add(spend);
          return spend;
        },
        _ -> then.run());
    pipeline.weigh(asked.length());
  }

  private static void loadConfirmations(Pipeline pipeline, String asked, HistoryPool pool) {
    pipeline.query(
        pipeline
            .handle()
            .createQuery(CONFIRMATIONS)
            .bind("asked", asked)
            .bind("most", History.MAX_CONFIRMATIONS),
        (row, _) -> {
          Money amount = Rows.money(row);
          Confirmation confirmation =
              new Confirmation(
                  row.getString("rule"),
                  row.getString("payment_id"),
                  DeviceId.parse(row.getString("device_id")),
                  amount,
                  Rows.place(row),
                  Rows.texts(row, "triggers"),
                  Rows.instant(row, "confirmed_at"));
          pool.addConfirmation(row.getString("payer_id"), confirmation);
          return confirmation;
        },
        _ -> {});
    pipeline.weigh(asked.length());
  }
}
