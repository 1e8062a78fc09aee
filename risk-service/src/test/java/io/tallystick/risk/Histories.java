package io.tallystick.risk;

import io.tallystick.protocol.model.Money;
import io.tallystick.risk.history.AllowanceGrant;
import io.tallystick.risk.history.Caution;
import io.tallystick.risk.history.Confirmation;
import io.tallystick.risk.history.DeviceHistory;
import io.tallystick.risk.history.DoubleSpend;
import io.tallystick.risk.history.History;
import io.tallystick.risk.history.KnownPayment;
import io.tallystick.risk.history.KnownTap;
import io.tallystick.risk.history.PaidAmount;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.rule.RuleName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes histories with only what a test is about.
public final class Histories {
  private final List<KnownPayment> nearby = new ArrayList<>();
  private final List<PaidAmount> amounts = new ArrayList<>();
  private final List<AllowanceGrant> grants = new ArrayList<>();
  private final List<DoubleSpend> doubleSpends = new ArrayList<>();
  private final List<Confirmation> confirmations = new ArrayList<>();
  private @Nullable KnownPayment before;
  private @Nullable KnownPayment after;
  private @Nullable Instant enrolledAt;
  private @Nullable KnownTap previous;
  private @Nullable KnownTap next;
  private @Nullable Caution caution;

  public static Histories of() {
    return new Histories();
  }

  public Histories nearby(KnownPayment... payments) {
    nearby.addAll(Arrays.asList(payments));
    return this;
  }

  public Histories before(KnownPayment payment) {
    before = payment;
    return this;
  }

  public Histories after(KnownPayment payment) {
    after = payment;
    return this;
  }

  /// Amounts of earlier payments, newest first.
  public Histories paid(long... movedMinor) {
    for (long moved : movedMinor) {
      amounts.add(
          new PaidAmount(
              "pay_earlier_" + amounts.size(),
              moved,
              Sample.NOON.minusSeconds(amounts.size() + 1)));
    }
    return this;
  }

  public Histories enrolledAt(Instant at) {
    enrolledAt = at;
    return this;
  }

  public Histories granted(Instant at, long amountMinor) {
    grants.addFirst(new AllowanceGrant(at, Money.of(amountMinor, "CNY")));
    return this;
  }

  public Histories previous(KnownTap tap) {
    previous = tap;
    return this;
  }

  public Histories next(KnownTap tap) {
    next = tap;
    return this;
  }

  public Histories spentTwice(DoubleSpend spend) {
    doubleSpends.add(spend);
    return this;
  }

  public Histories caution(Caution given) {
    caution = given;
    return this;
  }

  /// The payer vouched for `payment` when `rule` had frozen it.
  public Histories confirmed(RuleName rule, Observation payment, Instant at, String... triggers) {
    confirmations.add(
        new Confirmation(
            rule.wire(),
            payment.paymentId(),
            payment.deviceId(),
            payment.amount(),
            payment.place(),
            List.of(triggers),
            at));
    return this;
  }

  public History make() {
    return new History(
        nearby,
        before,
        after,
        amounts,
        new DeviceHistory(enrolledAt, grants, previous, next, doubleSpends),
        confirmations,
        caution);
  }
}
