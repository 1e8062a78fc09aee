package io.tallystick.clearing.allowance;

import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.ledger.Book;
import io.tallystick.clearing.ledger.Posting.Entry;
import io.tallystick.clearing.ledger.PostingKind;
import java.util.List;

/// How allowances are filled and emptied.
final class AllowanceRules {
  private AllowanceRules() {}

  /// Gives back what the replaced devices have left, then makes the allowance what it should be, as
  /// far as the balance goes. An allowance above the target is cut down to it: its device has new
  /// terms.
  ///
  /// @return what the device may spend now, in minor units
  static long apply(Book book, AllowanceRequest request) {
    for (String released : request.releasedDeviceIds()) {
      AccountRef old =
          AccountRef.allowance(request.payerId(), released, request.target().currency());
      giveBack(book, old, request.key());
    }
    long heldMinor = book.balance(request.allowance()).freeMinor();
    long missingMinor = request.target().amountMinor() - heldMinor;
    if (missingMinor < 0) {
      move(book, request.allowance(), request.available(), -missingMinor, request.key());
      return request.target().amountMinor();
    }
    long takenMinor = Math.min(missingMinor, book.balance(request.available()).freeMinor());
    if (takenMinor > 0) {
      move(book, request.available(), request.allowance(), takenMinor, request.key());
    }
    return heldMinor + takenMinor;
  }

  /// Gives what an allowance has left, and does not hold, back to its payer's balance.
  ///
  /// @return whether nothing is left in it
  static boolean giveBack(Book book, AccountRef allowance, String reference) {
    long freeMinor = book.balance(allowance).freeMinor();
    if (freeMinor > 0) {
      AccountRef available = AccountRef.available(allowance.ownerId(), allowance.currency());
      move(book, allowance, available, freeMinor, reference);
    }
    return book.balance(allowance).postedMinor() == 0;
  }

  private static void move(
      Book book, AccountRef from, AccountRef to, long amountMinor, String reference) {
    book.post(
        PostingKind.ALLOWANCE,
        from.ownerId(),
        null,
        reference,
        List.of(new Entry(from, -amountMinor), new Entry(to, amountMinor)));
  }
}
