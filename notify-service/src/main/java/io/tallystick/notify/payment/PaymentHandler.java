package io.tallystick.notify.payment;

import io.tallystick.api.events.v1.HalvesChanged;
import io.tallystick.api.events.v1.MerchantSettled;
import io.tallystick.api.events.v1.PaymentChanged;
import io.tallystick.kit.event.Event;
import io.tallystick.kit.event.EventHandler;
import io.tallystick.kit.event.EventStream;
import io.tallystick.notify.challenge.Challenge;
import io.tallystick.notify.challenge.Challenges;
import io.tallystick.notify.challenge.PaymentBinding;
import io.tallystick.notify.inbox.InboxItem;
import io.tallystick.notify.inbox.InboxStore;
import io.tallystick.notify.inbox.InboxWatch;
import io.tallystick.notify.reason.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Applies the events of stream `payments`.
@ApplicationScoped
public class PaymentHandler implements EventHandler {
  private static final String DISPUTED = "disputed";
  private static final Set<String> TYPES =
      Set.of(
          PaymentChanged.getDescriptor().getName(),
          HalvesChanged.getDescriptor().getName(),
          MerchantSettled.getDescriptor().getName());

  private final ToldStore told;
  private final Challenges challenges;
  private final InboxStore inbox;
  private final InboxWatch watch;
  private final MerchantNews merchants;
  private final Clock clock;

  PaymentHandler(
      ToldStore told,
      Challenges challenges,
      InboxStore inbox,
      InboxWatch watch,
      MerchantNews merchants,
      Clock clock) {
    this.told = told;
    this.challenges = challenges;
    this.inbox = inbox;
    this.watch = watch;
    this.merchants = merchants;
    this.clock = clock;
  }

  @Override
  public EventStream stream() {
    return EventStream.PAYMENTS;
  }

  @Override
  public Set<String> types() {
    return TYPES;
  }

  @Override
  public void handle(Handle handle, Event event) {
    switch (event.type()) {
      case "PaymentChanged" ->
          changed(handle, ChangedPayment.from(event.as(PaymentChanged.parser())));
      case "HalvesChanged" -> halves(handle, event.as(HalvesChanged.parser()));
      case "MerchantSettled" ->
          merchants.settled(handle, event.as(MerchantSettled.parser()), clock.instant());
      default -> throw new AssertionError("not asked for: " + event.type());
    }
  }

  private void changed(Handle handle, ChangedPayment payment) {
    Instant now = clock.instant();
    String payerId = payment.payerId();
    // Events of one payment may be applied at the same time; the lock puts them in a row.
    inbox.lock(handle, payerId);
    ToldStore.Told noted =
        told.note(
            handle, payerId, payment.paymentId(), ToldStore.Kind.PAYMENT, payment.revision(), now);
    if (!noted.first()) {
      return;
    }
    item(handle, payment, noted.overtaken()).ifPresent(item -> add(handle, payerId, item, now));
    merchants.changed(handle, payment, now);
  }

  private Optional<InboxItem> item(Handle handle, ChangedPayment payment, boolean overtaken) {
    if (payment.awaitsPayer()) {
      // Once a newer state is known there is nothing to confirm, and nothing to be told.
      return overtaken ? Optional.empty() : challenge(handle, payment);
    }
    // The first revision of a payment has nothing before it that could have been challenged.
    if (!overtaken && payment.revision() > 1) {
      challenges.withdraw(handle, payment.payerId(), payment.paymentId());
    }
    return ItemTexts.payment(payment);
  }

  private Optional<InboxItem> challenge(Handle handle, ChangedPayment payment) {
    PaymentBinding binding =
        new PaymentBinding(payment.paymentId(), payment.merchantId(), payment.amount());
    Optional<Challenge> created =
        challenges.create(handle, payment.payerId(), binding, payment.reasons());
    return created.map(challenge -> ItemTexts.challenge(payment, challenge));
  }

  private void halves(Handle handle, HalvesChanged halves) {
    if (!halves.getState().equals(DISPUTED)) {
      return;
    }
    Instant now = clock.instant();
    String payerId = halves.getPayerId();
    inbox.lock(handle, payerId);
    if (!told.note(handle, payerId, halves.getPaymentId(), ToldStore.Kind.DISPUTE, 0, now)
        .first()) {
      return;
    }
    List<Reason> reasons = Reason.from(halves.getReasonsList());
    add(
        handle,
        payerId,
        new InboxItem(
            InboxItem.Type.DISPUTE,
            "Two sides disagree",
            "What your phone and "
                + halves.getMerchantId()
                + " kept of a tap differs. It is looked into.",
            halves.getPaymentId(),
            halves.getMerchantId(),
            null,
            null,
            DISPUTED,
            0,
            reasons,
            null,
            ChangedPayment.instant(halves.getChangedAt())),
        now);
    merchants.disputed(handle, halves, reasons, now);
  }

  private void add(Handle handle, String payerId, InboxItem item, Instant now) {
    inbox.add(handle, payerId, item, now);
    handle.afterCommit(() -> watch.wake(payerId));
  }
}
