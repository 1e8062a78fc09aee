package io.tallystick.clearing.settlement;

import static java.util.Objects.requireNonNull;

import io.tallystick.api.events.v1.MerchantSettled;
import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.ledger.Book;
import io.tallystick.clearing.ledger.Posting.Entry;
import io.tallystick.clearing.ledger.PostingKind;
import io.tallystick.clearing.ledger.postgres.PostgresLedger;
import io.tallystick.clearing.payment.ProtoValues;
import io.tallystick.clearing.settlement.Batch.Key;
import io.tallystick.clearing.settlement.SettlementRules.Figures;
import io.tallystick.clearing.settlement.postgres.PostgresBatches;
import io.tallystick.clearing.settlement.postgres.PostgresBatches.LastClosed;
import io.tallystick.clearing.settlement.postgres.PostgresSettled;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.event.EventIds;
import io.tallystick.kit.event.EventStream;
import io.tallystick.kit.event.Outbox;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Settles one merchant's day in one currency, in three steps, each of bounded transactions and
/// each picking up where it was left: fill the batch, close it with the payout, tell the payments.
@Singleton
class BatchSettlement {
  private final Database database;
  private final PostgresBatches batches;
  private final PostgresSettled settled;
  private final PostgresLedger ledger;
  private final Outbox outbox;
  private final SettlementConfig config;
  private final Clock clock;

  BatchSettlement(
      Database database,
      PostgresBatches batches,
      PostgresSettled settled,
      PostgresLedger ledger,
      Outbox outbox,
      SettlementConfig config,
      Clock clock) {
    this.database = database;
    this.batches = batches;
    this.settled = settled;
    this.ledger = ledger;
    this.outbox = outbox;
    this.config = config;
    this.clock = clock;
  }

  /// @param before money that moved before this is settled
  void settle(Key key, Instant before) {
    while (database.inTransaction(handle -> fillSome(handle, key, before))) {
      // Every round puts a chunk more into the batch.
    }
    Batch closed = database.inTransaction(handle -> close(handle, key));
    while (database.inTransaction(handle -> settled.tellSome(handle, closed, config.chunk()))) {
      // Every round tells a chunk more of the payments.
    }
  }

  /// @return whether there may be more
  private boolean fillSome(Handle handle, Key key, Instant before) {
    Batch batch = batches.openAndLock(handle, key, newBatchId(), clock.instant());
    return !batch.isClosed()
        && batches.fill(handle, batch, before, config.chunk()) == config.chunk();
  }

  private Batch close(Handle handle, Key key) {
    Batch batch = batches.openAndLock(handle, key, newBatchId(), clock.instant());
    if (batch.isClosed()) {
      return batch;
    }
    // The account first: a refund that is under way must be counted or come after.
    Book book = ledger.emptyBook();
    AccountRef payable = AccountRef.payable(key.merchantId(), key.currency());
    ledger.lock(handle, book, List.of(payable));
    long refundsMinor = batches.takeRefunds(handle, batch);
    LastClosed last = batches.lastClosed(handle, batch);
    Figures figures = SettlementRules.close(batch.grossMinor(), refundsMinor, last.carriedMinor());
    Batch closed = closed(batch, figures);
    batches.close(handle, closed, last, payOut(handle, book, payable, closed));
    outbox.append(handle, EventStream.PAYMENTS, key.merchantId(), message(closed));
    return closed;
  }

  private @Nullable UUID payOut(Handle handle, Book book, AccountRef payable, Batch batch) {
    if (batch.netMinor() == 0) {
      return null;
    }
    UUID postingId =
        book.post(
            PostingKind.SETTLEMENT,
            payable.ownerId(),
            null,
            batch.batchId(),
            List.of(
                new Entry(payable, -batch.netMinor()),
                new Entry(AccountRef.bank(payable.currency()), batch.netMinor())));
    ledger.write(handle, book);
    return postingId;
  }

  private Batch closed(Batch batch, Figures figures) {
    return new Batch(
        batch.batchId(),
        batch.key(),
        figures.grossMinor(),
        figures.returnedMinor(),
        figures.carriedMinor(),
        figures.netMinor(),
        batch.paymentCount(),
        clock.instant());
  }

  private MerchantSettled message(Batch batch) {
    String currency = batch.key().currency();
    return MerchantSettled.newBuilder()
        .setBatchId(batch.batchId())
        .setMerchantId(batch.key().merchantId())
        .setDay(batch.key().day().toString())
        .setGross(ProtoValues.money(batch.grossMinor(), currency))
        .setReturned(ProtoValues.money(batch.returnedMinor(), currency))
        .setNet(ProtoValues.money(batch.netMinor(), currency))
        .setPaymentCount(batch.paymentCount())
        .setSettledAt(ProtoValues.timestamp(requireNonNull(batch.closedAt(), "batch is open")))
        .build();
  }

  private String newBatchId() {
    return "stl_" + EventIds.at(clock.instant());
  }
}
