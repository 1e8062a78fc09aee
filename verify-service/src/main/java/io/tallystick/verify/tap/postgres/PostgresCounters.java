package io.tallystick.verify.tap.postgres;

import static java.util.Objects.requireNonNull;

import io.tallystick.verify.tap.CounterLedger;
import io.tallystick.verify.tap.CounterLedger.Gap;
import io.tallystick.verify.tap.VerifiedHalf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Notes the counters of tokens that came to stand, under the lock of their devices.
final class PostgresCounters {
  private static final String OPEN =
      """
      INSERT INTO device_counter (device_id, highest)
      SELECT device_id, 0 FROM unnest(:devices) AS d(device_id) ORDER BY device_id
          ON CONFLICT (device_id) DO NOTHING
      """;

  private static final String LOCK =
      """
      SELECT device_id, highest FROM device_counter
       WHERE device_id = ANY(:devices) ORDER BY device_id FOR UPDATE
      """;

  private static final String GAPS =
      """
      SELECT device_id, first_counter, last_counter FROM counter_gap
       WHERE device_id = ANY(:devices)
      """;

  private static final String RAISE =
      """
      UPDATE device_counter d SET highest = u.highest
        FROM unnest(:devices, :highest) AS u(device_id, highest)
       WHERE d.device_id = u.device_id AND d.highest < u.highest
      """;

  private static final String FORGET_GAPS =
      "DELETE FROM counter_gap WHERE device_id = ANY(:devices)";

  private static final String KEEP_GAPS =
      """
      INSERT INTO counter_gap (device_id, first_counter, last_counter, noticed_at)
      SELECT device_id, first_counter, last_counter, :now
        FROM unnest(:devices, :firsts, :lasts) AS g(device_id, first_counter, last_counter)
      """;

  private static final String NOTE_MISSING =
      """
      UPDATE tap_token t SET missing_counters = m.missing
        FROM unnest(:serials, :missing) AS m(serial, missing)
       WHERE t.serial = m.serial
      """;

  private PostgresCounters() {}

  /// Counters missing before each of these tokens, by serial; those without any are left out.
  static Map<String, Long> note(Handle handle, List<VerifiedHalf> standing, Instant now) {
    if (standing.isEmpty()) {
      return Map.of();
    }
    Map<String, CounterLedger> ledgers = lock(handle, standing);
    Map<String, List<Gap>> before = new HashMap<>();
    Map<String, Long> missing = new HashMap<>();
    ledgers.forEach((device, ledger) -> before.put(device, ledger.gaps()));
    standing.stream()
        .sorted(Comparator.comparing(half -> half.token().body().counter()))
        .forEach(half -> {
          CounterLedger ledger = requireNonNull(ledgers.get(device(half)), "not locked");
          long gap = ledger.see(half.token().body().counter().value());
          if (gap > 0) {
            missing.put(half.serial(), gap);
          }
        });
    raise(handle, ledgers);
    keepGaps(handle, ledgers, before, now);
    noteMissing(handle, missing);
    return missing;
  }

  private static Map<String, CounterLedger> lock(Handle handle, List<VerifiedHalf> standing) {
    List<String> devices = standing.stream().map(PostgresCounters::device).distinct().toList();
    handle.createUpdate(OPEN).bindArray("devices", String.class, devices).execute();
    Map<String, Long> highest = new TreeMap<>();
    handle
        .createQuery(LOCK)
        .bindArray("devices", String.class, devices)
        .map((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(entry -> highest.put(entry.getKey(), entry.getValue()));
    Map<String, List<Gap>> gaps = new HashMap<>();
    handle
        .createQuery(GAPS)
        .bindArray("devices", String.class, devices)
        .map((row, _) -> Map.entry(row.getString(1), new Gap(row.getLong(2), row.getLong(3))))
        .forEach(entry ->
            gaps.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>()).add(entry.getValue()));
    Map<String, CounterLedger> ledgers = new TreeMap<>();
    highest.forEach((device, last) ->
        ledgers.put(device, new CounterLedger(last, gaps.getOrDefault(device, List.of()))));
    return ledgers;
  }

  private static void raise(Handle handle, Map<String, CounterLedger> ledgers) {
    handle
        .createUpdate(RAISE)
        .bindArray("devices", String.class, List.copyOf(ledgers.keySet()))
        .bindArray(
            "highest", Long.class, ledgers.values().stream().map(CounterLedger::highest).toList())
        .execute();
  }

  private static void keepGaps(
      Handle handle,
      Map<String, CounterLedger> ledgers,
      Map<String, List<Gap>> before,
      Instant now) {
    List<String> changed =
        ledgers.entrySet().stream()
            .filter(entry -> !entry.getValue().gaps().equals(before.get(entry.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    if (changed.isEmpty()) {
      return;
    }
    handle.createUpdate(FORGET_GAPS).bindArray("devices", String.class, changed).execute();
    List<String> devices = new ArrayList<>();
    List<Long> firsts = new ArrayList<>();
    List<Long> lasts = new ArrayList<>();
    for (String device : changed) {
      for (Gap gap : requireNonNull(ledgers.get(device), "not locked").gaps()) {
        devices.add(device);
        firsts.add(gap.first());
        lasts.add(gap.last());
      }
    }
    handle
        .createUpdate(KEEP_GAPS)
        .bindArray("devices", String.class, devices)
        .bindArray("firsts", Long.class, firsts)
        .bindArray("lasts", Long.class, lasts)
        .bind("now", now)
        .execute();
  }

  private static void noteMissing(Handle handle, Map<String, Long> missing) {
    if (missing.isEmpty()) {
      return;
    }
    List<String> serials = List.copyOf(missing.keySet());
    handle
        .createUpdate(NOTE_MISSING)
        .bindArray("serials", String.class, serials)
        .bindArray("missing", Long.class, serials.stream().map(missing::get).toList())
        .execute();
  }

  private static String device(VerifiedHalf half) {
    return half.token().deviceId().toString();
  }
}
