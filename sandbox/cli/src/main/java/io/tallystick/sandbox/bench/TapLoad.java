package io.tallystick.sandbox.bench;

import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.tap.TapToken;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Taps that were made offline, uploaded all at once and cleared.
final class TapLoad {
  static final int PAYERS = 1_000;

  private static final Duration CLEAR_LIMIT = Duration.ofMinutes(3);
  private static final int LOOK_EVERY_MILLIS = 100;

  /// Between two taps of one payer: no rule of risk-service minds.
  private static final Duration BETWEEN = Duration.ofMinutes(50);

  private final BenchDatabase database;
  private final List<TapForge> forges;

  TapLoad(BenchDatabase database, TapForge.Issuer issuer) {
    this.database = database;
    Instant now = Instant.now();
    this.forges =
        IntStream.range(0, PAYERS)
            .parallel()
            .mapToObj(payer -> new TapForge(payer, issuer, now))
            .toList();
  }

  /// What clearing a load of taps came to.
  ///
  /// @param uploadSeconds until the last half was acknowledged
  /// @param clearSeconds until the last tap was cleared, from the first byte uploaded
  record Outcome(int taps, double uploadSeconds, double clearSeconds) {
    double perSecond() {
      return taps / clearSeconds;
    }
  }

  /// Registers the devices' keys and moves part of each payer's money into the device's allowance.
  void prepare() throws SQLException {
    registerKeys();
    fundAllowances();
  }

  private void registerKeys() throws SQLException {
    String keys =
        IntStream.range(0, PAYERS)
            .mapToObj(payer ->
                "('%s', '\\x%s'::bytea)"
                    .formatted(
                        BenchPayers.deviceId(payer),
                        HexFormat.of().formatHex(forges.get(payer).deviceKey().compressed())))
            .collect(Collectors.joining(", "));
    database.execute(
        "UPDATE seed.device SET public_key = keys.public_key FROM (VALUES "
            + keys
            + ") AS keys(device_id, public_key) WHERE device.device_id = keys.device_id");
  }

  private void fundAllowances() throws SQLException {
    String payers =
        " FROM clearing.account WHERE owner_id < '"
            + BenchPayers.payerId(PAYERS)
            + "' AND owner_id LIKE 'bench-%' AND kind = 'available'";
    String device = "'" + "be" + "' || lpad(to_hex(substr(owner_id, 7)::int), 14, '0')";
    String allowance = "'payer:' || owner_id || ':allowance:CNY:' || " + device;
    String posting = "'00000000-0000-7000-8000-00000000bec4'::uuid";
    database.executeTogether(
        "SET LOCAL search_path TO clearing", // As clearing-service's own role has it: for triggers.
        "INSERT INTO clearing.posting VALUES ('bank', "
            + posting
            + ", 'allowance', NULL, 'bench-allowances', now())",
        "INSERT INTO clearing.entry SELECT 'bank', "
            + posting
            + ", row_number() OVER (), owner_id,"
            + " account_id, -"
            + TapForge.ALLOWANCE_MINOR
            + ", 'CNY'"
            + payers,
        "INSERT INTO clearing.entry SELECT 'bank', "
            + posting
            + ", "
            + PAYERS
            + " + row_number() OVER (), owner_id, "
            + allowance
            + ", "
            + TapForge.ALLOWANCE_MINOR
            + ", 'CNY'"
            + payers,
        "INSERT INTO clearing.account (owner_id, account_id, owner_kind, kind, device_id, currency,"
            + " posted_minor, opened_at) SELECT owner_id, "
            + allowance
            + ", 'payer', 'allowance', "
            + device
            + ", 'CNY', "
            + TapForge.ALLOWANCE_MINOR
            + ", now()"
            + payers,
        "UPDATE clearing.account SET posted_minor = posted_minor - "
            + TapForge.ALLOWANCE_MINOR
            + " WHERE kind = 'available' AND owner_id LIKE 'bench-%' AND owner_id < '"
            + BenchPayers.payerId(PAYERS)
            + "'");
  }

  /// Has every payer tap at these tills in turn, uploads it all and waits until it is cleared.
  ///
  /// @param rounds how many taps each payer makes
  /// @param oldest how long ago the first taps were made
  Outcome run(Tills tills, int rounds, Duration oldest) throws Exception {
    List<List<TapHalf>> halves = make(tills, rounds, Instant.now().minus(oldest));
    long began = System.nanoTime();
    List<TapUpload> uploads =
        IntStream.range(0, tills.count())
            .mapToObj(i -> TapUpload.start(tills.get(i).channel(), halves.get(i)))
            .toList();
    for (TapUpload upload : uploads) {
      upload.await();
    }
    double uploadSeconds = (System.nanoTime() - began) / 1e9;
    awaitCleared(tills, PAYERS * rounds);
    return new Outcome(PAYERS * rounds, uploadSeconds, (System.nanoTime() - began) / 1e9);
  }

  /// The halves of each till, oldest first.
  private List<List<TapHalf>> make(Tills tills, int rounds, Instant first) {
    return IntStream.range(0, tills.count())
        .parallel()
        .mapToObj(till -> halvesOf(tills, till, rounds, first.truncatedTo(ChronoUnit.SECONDS)))
        .toList();
  }

  /// A payer always taps at the same till, so that tills can be computed side by side.
  private List<TapHalf> halvesOf(Tills tills, int index, int rounds, Instant first) {
    Tills.Till till = tills.get(index);
    LogHead head = LogHead.GENESIS;
    List<TapHalf> made = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Instant at = first.plus(BETWEEN.multipliedBy(round));
      for (int payer = index; payer < PAYERS; payer += tills.count()) {
        TapForge forge = forges.get(payer);
        TapToken token = forge.answer(forge.request(till, at, head));
        head = head.append(token.digest());
        made.add(forge.half(till, token));
      }
    }
    return made;
  }

  private void awaitCleared(Tills tills, int taps) throws Exception {
    String merchants =
        String.join(
            ", ",
            IntStream.range(0, tills.count())
                .mapToObj(i -> "'" + tills.get(i).merchant().value() + "'")
                .collect(Collectors.toSet()));
    String states =
        "SELECT count(*) FROM clearing.payment WHERE merchant_id IN ("
            + merchants
            + ") AND state IN ";
    long deadline = System.nanoTime() + CLEAR_LIMIT.toNanos();
    while (database.number(states + "('cleared', 'settled')") < taps) {
      long stuck = database.number(states + "('frozen', 'refused', 'returned')");
      if (stuck > 0 || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            stuck
                + " taps were not cleared but frozen or refused, or it took longer than "
                + CLEAR_LIMIT);
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }
}
