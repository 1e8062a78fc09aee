package io.tallystick.notify.payment;

import io.tallystick.notify.challenge.Challenge;
import io.tallystick.notify.inbox.InboxItem;
import io.tallystick.notify.reason.Reason;
import io.tallystick.protocol.model.Money;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Items in words.
final class ItemTexts {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private ItemTexts() {}

  private record Words(String title, String text) {}

  /// The item of a payment's change; empty for a state that is no news to the payer.
  static Optional<InboxItem> payment(ChangedPayment payment) {
    return words(payment).map(words -> item(InboxItem.Type.PAYMENT, words, payment, null));
  }

  /// The item of a payment that waits for the payer.
  static InboxItem challenge(ChangedPayment payment, Challenge challenge) {
    String text =
        "%s at %s is waiting for you%s. Confirm it by %s, or it will not be paid."
            .formatted(
                payment.amount(),
                payment.merchantId(),
                because(payment.reasons()),
                TIME.format(challenge.expiresAt()));
    Words words = new Words("Please confirm a payment", text);
    return item(InboxItem.Type.CHALLENGE, words, payment, challenge.challengeId());
  }

  private static Optional<Words> words(ChangedPayment payment) {
    Money amount = payment.amount();
    String at = amount + " at " + payment.merchantId();
    String because = because(payment.reasons());
    return switch (payment.state()) {
      case "paid" -> words("Paid", "You paid " + at + ".");
      case "cleared" -> words("Paid", "Your tap of " + at + " was paid.");
      case "declined" -> words("Declined", at + " was declined" + because + ". You paid nothing.");
      case "refused" -> words("Refused", "Your tap of " + at + " was refused" + because + ".");
      case "frozen", "awaiting-payer" -> words("On hold", at + " is on hold" + because + ".");
      case "closed" -> words("Not paid", at + " was closed unpaid" + because + ".");
      case "returned" ->
          words("Money back", "The money for " + at + " is yours again" + because + ".");
      case "reversed" -> words("Reversed", "Your payment of " + at + " was reversed.");
      case "refunded" -> words("Refunded", refund(payment));
      case "settled" -> words("Settled", "The merchant has received " + at + ".");
      default -> Optional.empty();
    };
  }

  private static String refund(ChangedPayment payment) {
    Money refunded = payment.refunded();
    String merchant = payment.merchantId();
    return refunded == null || refunded.equals(payment.amount())
        ? merchant + " refunded " + payment.amount() + "."
        : merchant + " refunded " + refunded + " of " + payment.amount() + " so far.";
  }

  private static Optional<Words> words(String title, String text) {
    return Optional.of(new Words(title, text));
  }

  /// The first reason as a subordinate: ` (3 taps within 10 s)`.
  private static String because(List<Reason> reasons) {
    return reasons.stream()
        .map(Reason::explanation)
        .filter(explanation -> !explanation.isBlank())
        .findFirst()
        .map(explanation -> " (" + explanation.replaceFirst("\\.$", "") + ")")
        .orElse("");
  }

  private static InboxItem item(
      InboxItem.Type type, Words words, ChangedPayment payment, @Nullable String challengeId) {
    return new InboxItem(
        type,
        words.title(),
        words.text(),
        payment.paymentId(),
        payment.merchantId(),
        payment.amount(),
        payment.refunded(),
        payment.state(),
        payment.revision(),
        payment.reasons(),
        challengeId,
        payment.changedAt());
  }
}
