package io.tallystick.clearing.ledger;

import io.tallystick.clearing.ledger.Posting.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The accounts that one transaction has locked, and what it does to them.
///
/// Rules read balances and move money here, in memory; the ledger writes the result in one go. An
/// account that is not locked (a clearing bucket, the bank, a merchant who is only credited) may be
/// moved too: its change is written as an increment, and the database checks it.
///
/// Not thread-safe: it belongs to one transaction.
public final class Book {
  private final Map<AccountRef, Balance> locked = new HashMap<>();
  private final Set<String> payers = new HashSet<>();
  private final Supplier<UUID> postingIds;
  private final TreeMap<AccountRef, Change> changes = new TreeMap<>();
  private final List<Posting> postings = new ArrayList<>();
  private final List<Hold> placedHolds = new ArrayList<>();
  private final List<EndedHold> endedHolds = new ArrayList<>();

  /// @param postingIds gives ids to new postings
  public Book(Map<AccountRef, Balance> locked, Supplier<UUID> postingIds) {
    this.postingIds = postingIds;
    add(locked);
  }

  /// How much an account changes by.
  public record Change(long postedMinor, long heldMinor) {
    Change plus(long dPostedMinor, long dHeldMinor) {
      return new Change(
          Math.addExact(postedMinor, dPostedMinor), Math.addExact(heldMinor, dHeldMinor));
    }
  }

  /// A hold that this transaction ends.
  public record EndedHold(Hold hold, HoldState state) {}

  /// Adds accounts locked later than the first ones.
  public void add(Map<AccountRef, Balance> moreLocked) {
    locked.putAll(moreLocked);
    for (AccountRef account : moreLocked.keySet()) {
      if (account.kind() == AccountKind.AVAILABLE) {
        payers.add(account.ownerId());
      }
    }
  }

  public boolean isLocked(AccountRef account) {
    return locked.containsKey(account);
  }

  /// Whether a payer has any account, in whatever currency.
  public boolean knowsPayer(String payerId) {
    return payers.contains(payerId);
  }

  /// The locked accounts of an owner, in lock order.
  public List<AccountRef> accountsOf(String ownerId) {
    return locked.keySet().stream().filter(a -> a.ownerId().equals(ownerId)).sorted().toList();
  }

  /// What stands in a locked account; zero when it has not been opened.
  public Balance balance(AccountRef account) {
    return locked.getOrDefault(account, Balance.ZERO);
  }

  /// The parts of `amountMinor` that `sources` give, each as much as it can, in their order.
  ///
  /// @return the parts, or null when all of them together have too little
  public @Nullable List<Part> parts(List<AccountRef> sources, long amountMinor) {
    List<Part> parts = new ArrayList<>(sources.size());
    long missing = amountMinor;
    for (AccountRef source : sources) {
      long taken = Math.min(missing, balance(source).freeMinor());
      if (taken > 0) {
        parts.add(new Part(source, taken));
        missing -= taken;
      }
    }
    return missing == 0 ? parts : null;
  }

  /// Part of an amount, from one account.
  public record Part(AccountRef account, long amountMinor) {}

  /// Moves money for good.
  public UUID post(
      PostingKind kind,
      String ownerId,
      @Nullable String paymentId,
      String reference,
      List<Entry> entries) {
    Posting posting = new Posting(postingIds.get(), kind, ownerId, paymentId, reference, entries);
    for (Entry entry : posting.entries()) {
      change(entry.account(), entry.amountMinor(), 0);
    }
    posting.entries().forEach(entry -> requireCovered(entry.account()));
    postings.add(posting);
    return posting.postingId();
  }

  /// Sets money aside: phase one.
  public void hold(Hold hold) {
    change(hold.account(), 0, hold.amountMinor());
    requireCovered(hold.account());
    placedHolds.add(hold);
  }

  /// Phase two, both ways: the money is free again, for the posting that follows or for its owner.
  public void end(Hold hold, HoldState state) {
    if (state == HoldState.PENDING) {
      throw new IllegalArgumentException("state is not an end: " + state);
    }
    change(hold.account(), 0, -hold.amountMinor());
    endedHolds.add(new EndedHold(hold, state));
  }

  /// In the order in which accounts are locked.
  public SortedMap<AccountRef, Change> changes() {
    return Collections.unmodifiableSortedMap(changes);
  }

  public List<Posting> postings() {
    return List.copyOf(postings);
  }

  public List<Hold> placedHolds() {
    return List.copyOf(placedHolds);
  }

  public List<EndedHold> endedHolds() {
    return List.copyOf(endedHolds);
  }

  private void change(AccountRef account, long dPostedMinor, long dHeldMinor) {
    changes.merge(
        account,
        new Change(dPostedMinor, dHeldMinor),
        (before, more) -> before.plus(more.postedMinor(), more.heldMinor()));
    locked.computeIfPresent(account, (_, balance) -> balance.plus(dPostedMinor, dHeldMinor));
  }

  private void requireCovered(AccountRef account) {
    Balance balance = locked.get(account);
    if (balance != null && !account.kind().mayBeNegative() && balance.freeMinor() < 0) {
      throw new AssertionError("a rule moved more than account " + account.accountId() + " has");
    }
  }
}
