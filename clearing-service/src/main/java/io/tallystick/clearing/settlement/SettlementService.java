package io.tallystick.clearing.settlement;

import io.tallystick.clearing.settlement.Batch.Key;
import io.tallystick.clearing.settlement.postgres.PostgresBatches;
import io.tallystick.clearing.sweep.SweepService;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Settles days: for every merchant with something to settle, or for one.
@Singleton
public class SettlementService {
  /// Most batches that one answer lists.
  public static final int MOST_LISTED = 5000;

  private final Database database;
  private final PostgresBatches batches;
  private final BatchSettlement settlement;
  private final SweepService sweeps;
  private final SettlementConfig config;
  private final Clock clock;

  SettlementService(
      Database database,
      PostgresBatches batches,
      BatchSettlement settlement,
      SweepService sweeps,
      SettlementConfig config,
      Clock clock) {
    this.database = database;
    this.batches = batches;
    this.settlement = settlement;
    this.sweeps = sweeps;
    this.config = config;
    this.clock = clock;
  }

  /// The day it is now, where days are settled.
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), config.zone());
  }

  /// Closes a day. The current day may be closed early: what is paid after that belongs to the
  /// next.
  ///
  /// @param merchantId only this merchant, when given
  /// @return the day's batches, those closed before too
  /// @throws io.tallystick.kit.error.ApiException `INVALID_ARGUMENT` for a day that has not begun
  public List<Batch> settle(LocalDate day, Optional<String> merchantId) {
    if (day.isAfter(today())) {
      throw ApiErrors.invalidArgument("DAY_NOT_BEGUN", "day has not begun: " + day);
    }
    finishBegun();
    sweeps.sweepEverything();
    Instant before = day.plusDays(1).atStartOfDay(config.zone()).toInstant();
    Key last = null;
    List<Key> page;
    do {
      page = page(day, before, merchantId, last);
      page.forEach(key -> settlement.settle(key, before));
      last = page.isEmpty() ? last : page.getLast();
    } while (page.size() == config.merchantPage());
    // Another run may have taken the payments and not closed their batch yet.
    finishBegun();
    return database.read(handle -> batches.closed(handle, day, merchantId, MOST_LISTED));
  }

  private List<Key> page(
      LocalDate day, Instant before, Optional<String> merchantId, @Nullable Key after) {
    return database.read(
        handle -> batches.toSettle(handle, day, before, merchantId, after, config.merchantPage()));
  }

  /// Finishes what a crash has left half done, or what another run is doing.
  private void finishBegun() {
    List<Batch> unfinished =
        database.read(handle -> batches.unfinished(handle, config.merchantPage()));
    for (Batch batch : unfinished) {
      Instant before = batch.key().day().plusDays(1).atStartOfDay(config.zone()).toInstant();
      settlement.settle(batch.key(), before);
    }
  }
}
