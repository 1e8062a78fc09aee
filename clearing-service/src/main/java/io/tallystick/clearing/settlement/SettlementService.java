package io.tallystick.clearing.settlement;

import io.tallystick.clearing.settlement.Batch.Key;
import io.tallystick.clearing.settlement.postgres.PostgresBatches;
import io.tallystick.clearing.sweep.SweepService;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.TransientFailure;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Settles days: for every merchant with something to settle, or for one.
@Singleton
public class SettlementService {
  /// Most batches that one answer lists.
  public static final int MOST_LISTED = 5000;

  private static final Logger LOG = Logger.getLogger(SettlementService.class);

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
  /// next. A batch that can't be closed keeps no other from it; the failure is thrown in the end.
  ///
  /// @param merchantId only this merchant, when given
  /// @return the day's batches, those closed before too
  /// @throws io.tallystick.kit.error.ApiException `INVALID_ARGUMENT` for a day that has not begun
  public List<Batch> settle(LocalDate day, Optional<String> merchantId) {
    if (day.isAfter(today())) {
      throw ApiErrors.invalidArgument("DAY_NOT_BEGUN", "day has not begun: " + day);
    }
    List<Throwable> failures = new ArrayList<>();
    finishBegun(merchantId, failures);
    sweeps.sweepEverything();
    Instant before = endOf(day);
    Key last = null;
    List<Key> page;
    do {
      page = page(day, before, merchantId, last);
      page.forEach(key -> settle(key, before, failures));
      last = page.isEmpty() ? last : page.getLast();
    } while (page.size() == config.merchantPage());
    // Another run may have taken the payments and not closed their batch yet.
    finishBegun(merchantId, failures);
    if (!failures.isEmpty()) {
      throw new IllegalStateException(
          failures.size() + " batches could not be settled", failures.getFirst());
    }
    return database.read(handle -> batches.closed(handle, day, merchantId, MOST_LISTED));
  }

  private List<Key> page(
      LocalDate day, Instant before, Optional<String> merchantId, @Nullable Key after) {
    return database.read(
        handle -> batches.toSettle(handle, day, before, merchantId, after, config.merchantPage()));
  }

  /// Finishes what a crash has left half done, or what another run is doing.
  private void finishBegun(Optional<String> merchantId, List<Throwable> failures) {
    Key last = null;
    List<Key> page;
    do {
      page = unfinished(merchantId, last);
      page.forEach(key -> settle(key, endOf(key.day()), failures));
      last = page.isEmpty() ? last : page.getLast();
    } while (page.size() == config.merchantPage());
  }

  private List<Key> unfinished(Optional<String> merchantId, @Nullable Key after) {
    return database.read(handle ->
        batches.unfinished(handle, merchantId, after, config.merchantPage()).stream()
            .map(Batch::key)
            .toList());
  }

  private Instant endOf(LocalDate day) {
    return day.plusDays(1).atStartOfDay(config.zone()).toInstant();
  }

  private void settle(Key key, Instant before, List<Throwable> failures) {
    try {
      settlement.settle(key, before);
    } catch (RuntimeException | AssertionError failure) {
      if (TransientFailure.is(failure)) {
        throw failure;
      }
      LOG.errorf(failure, "%s is not settled", key);
      failures.add(failure);
    }
  }
}
