package io.tallystick.clearing.allowance;

import io.tallystick.clearing.allowance.postgres.PostgresAllowances;
import io.tallystick.clearing.allowance.postgres.PostgresAllowances.Answered;
import io.tallystick.clearing.allowance.postgres.PostgresAllowances.DeviceKey;
import io.tallystick.clearing.ledger.AccountKind;
import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.ledger.Book;
import io.tallystick.clearing.ledger.postgres.PostgresLedger;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/// Fills allowances and gives back what is left of them.
@Singleton
public class AllowanceService {
  private static final String RELEASE = "release";

  private final Database database;
  private final PostgresLedger ledger;
  private final PostgresAllowances allowances;
  private final AllowanceConfig config;
  private final Clock clock;

  AllowanceService(
      Database database,
      PostgresLedger ledger,
      PostgresAllowances allowances,
      AllowanceConfig config,
      Clock clock) {
    this.database = database;
    this.ledger = ledger;
    this.allowances = allowances;
    this.config = config;
    this.clock = clock;
  }

  /// Makes a device's allowance what it should be.
  ///
  /// @return what the device may spend now, in minor units; empty if the payer has no account in
  ///   the currency
  /// @throws io.tallystick.kit.error.ApiException `ALREADY_EXISTS` if the key was used with another
  ///   body
  public OptionalLong hold(AllowanceRequest request) {
    return database.inTransaction(handle -> {
      Book book = ledger.lockPayers(handle, List.of(request.payerId()));
      Optional<Answered> before = allowances.find(handle, request.payerId(), request.key());
      if (before.isPresent()) {
        return OptionalLong.of(repeated(request, before.get()));
      }
      if (!book.isLocked(request.available())) {
        return OptionalLong.empty();
      }
      Instant now = clock.instant();
      long heldMinor = AllowanceRules.apply(book, request);
      allowances.insert(handle, request, heldMinor, now);
      for (String released : request.releasedDeviceIds()) {
        DeviceKey device = new DeviceKey(request.payerId(), released);
        allowances.end(handle, device, "replaced", now, now);
      }
      allowances.reopen(handle, new DeviceKey(request.payerId(), request.deviceId()));
      ledger.write(handle, book);
      return OptionalLong.of(heldMinor);
    });
  }

  private static long repeated(AllowanceRequest request, Answered before) {
    String difference = request.difference(before.request());
    if (!difference.isEmpty()) {
      throw ApiErrors.keyReused(request.key(), difference);
    }
    return before.heldMinor();
  }

  /// A device that may no longer pay.
  public record EndedDevice(DeviceKey device, String reason, Instant endedAt) {}

  /// Notes devices that may no longer pay. What they have left goes back after the grace period.
  public void devicesEnded(Handle handle, List<EndedDevice> ended) {
    ledger.lockPayers(handle, ended.stream().map(end -> end.device().payerId()).toList());
    for (EndedDevice end : ended) {
      Instant releaseAt = end.endedAt().plus(config.grace());
      allowances.end(handle, end.device(), end.reason(), end.endedAt(), releaseAt);
    }
  }

  /// Gives back what ended devices have left, one bounded transaction.
  ///
  /// @return whether there may be more to give back
  public boolean releaseSome() {
    return database.inTransaction(handle -> {
      Instant now = clock.instant();
      List<DeviceKey> due = allowances.due(handle, now, config.releaseBatch());
      if (due.isEmpty()) {
        return false;
      }
      Book book =
          ledger.lockPayers(handle, due.stream().map(DeviceKey::payerId).distinct().toList());
      List<DeviceKey> empty = new ArrayList<>();
      List<DeviceKey> heldYet = new ArrayList<>();
      due.forEach(device -> (release(book, device) ? empty : heldYet).add(device));
      ledger.write(handle, book);
      allowances.close(handle, empty);
      allowances.postpone(handle, heldYet, now.plus(config.lookAgain()));
      return due.size() == config.releaseBatch();
    });
  }

  /// @return whether nothing is left
  private static boolean release(Book book, DeviceKey device) {
    boolean empty = true;
    for (AccountRef account : book.accountsOf(device.payerId())) {
      if (account.kind() == AccountKind.ALLOWANCE && device.deviceId().equals(account.deviceId())) {
        empty &= AllowanceRules.giveBack(book, account, RELEASE);
      }
    }
    return empty;
  }
}
