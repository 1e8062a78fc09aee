package io.tallystick.sandbox.soak.work;

import static io.tallystick.sandbox.soak.told.Line.UNKNOWN;

import io.tallystick.api.verify.v1.RefundPaymentResponse;
import io.tallystick.api.verify.v1.ReversePaymentResponse;
import io.tallystick.protocol.model.Money;
import io.tallystick.sandbox.soak.told.Line.What;
import io.tallystick.sandbox.soak.told.ToldJournal;
import io.tallystick.sandbox.story.Stage;
import io.tallystick.sdk.terminal.RefusedException;
import io.tallystick.sdk.terminal.UnreachableException;
import io.tallystick.sdk.terminal.platform.OrderState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What the cashiers do about orders: present, ask, take back, give back, and write down every
/// answer.
final class Counters {
  private final ToldJournal journal;
  private final Map<String, Order> presented = new LinkedHashMap<>();
  private final List<Refund> refunds = new ArrayList<>();

  /// A refund that was asked for.
  record Refund(Order order, String refundId, long amountMinor) {}

  Counters(ToldJournal journal) {
    this.journal = journal;
  }

  /// Presents an order, again if it was presented before.
  void pay(int step, Order order) {
    synchronized (this) {
      presented.putIfAbsent(order.subject(), order);
    }
    journal.asks(
        step,
        What.PAY,
        order.subject(),
        "payer",
        order.payer(),
        "amountMinor",
        order.amountMinor(),
        "code",
        digest(order.code()));
    tell(
        step,
        What.PAY,
        order,
        () -> order.till().payments().pay(order.id(), order.code(), order.amount()));
  }

  /// Asks what became of it; tells whether the answer can change no more.
  boolean query(int step, Order order) {
    return tell(step, What.QUERY, order, () -> order.till().payments().query(order.id()));
  }

  private boolean tell(int step, What what, Order order, Supplier<OrderState> call) {
    try {
      OrderState state = call.get();
      journal.told(step, what, order.subject(), facts(state));
      return !state.isPending();
    } catch (UnreachableException e) {
      journal.told(step, what, order.subject(), "outcome", UNKNOWN, "why", shortened(e));
      return false;
    } catch (RefusedException e) {
      journal.told(step, what, order.subject(), "outcome", "call_refused", "why", shortened(e));
      return true;
    }
  }

  private static Object[] facts(OrderState state) {
    return switch (state) {
      case OrderState.Authorising it ->
          new Object[] {"outcome", "authorising", "paymentId", it.paymentId()};
      case OrderState.Paid it ->
          new Object[] {
            "outcome", "paid", "paymentId", it.paymentId(), "amountMinor", it.amount().amountMinor()
          };
      case OrderState.Declined it ->
          new Object[] {"outcome", "declined", "paymentId", it.paymentId(), "reason", it.reason()};
      case OrderState.AwaitingPayer it ->
          new Object[] {"outcome", "awaiting-payer", "paymentId", it.paymentId()};
      case OrderState.Closed it -> new Object[] {"outcome", "closed", "paymentId", it.paymentId()};
      case OrderState.Reversed it ->
          new Object[] {"outcome", "reversed", "paymentId", it.paymentId()};
      case OrderState.Refunded it ->
          new Object[] {
            "outcome",
            "refunded",
            "paymentId",
            it.paymentId(),
            "amountMinor",
            it.paid().amountMinor(),
            "refundedMinor",
            it.refunded().amountMinor()
          };
      case OrderState.UnknownOrder _ -> new Object[] {"outcome", "unknown-order"};
    };
  }

  /// Takes an order back.
  void reverse(int step, Order order) {
    journal.asks(step, What.REVERSE, order.subject());
    String outcome;
    try {
      ReversePaymentResponse answer = order.till().payments().reverse(order.id());
      outcome =
          switch (answer.getOutcomeCase()) {
            case REVERSED -> "reversed";
            case NOTHING_TO_REVERSE -> "nothing";
            case TOO_LATE -> "too-late";
            case OUTCOME_NOT_SET -> UNKNOWN;
          };
    } catch (UnreachableException e) {
      outcome = UNKNOWN;
    } catch (RefusedException e) {
      outcome = "call_refused";
    }
    journal.told(step, What.REVERSE, order.subject(), "outcome", outcome);
  }

  /// Gives a part of an order back.
  void refund(int step, Refund refund) {
    synchronized (this) {
      if (!refunds.contains(refund)) {
        refunds.add(refund);
      }
    }
    send(step, refund);
  }

  /// Sends a refund; tells whether its answer was certain.
  boolean send(int step, Refund refund) {
    String subject = refund.order().subject();
    Object[] asked = {"refundId", refund.refundId(), "amountMinor", refund.amountMinor()};
    journal.asks(step, What.REFUND, subject, asked);
    String outcome;
    String why = "";
    try {
      RefundPaymentResponse answer =
          refund
              .order()
              .till()
              .payments()
              .refund(
                  refund.order().id(),
                  refund.refundId(),
                  Money.of(refund.amountMinor(), Stage.CURRENCY));
      outcome =
          switch (answer.getOutcomeCase()) {
            case REFUNDED -> "refunded";
            case REFUSED -> "refused";
            case OUTCOME_NOT_SET -> UNKNOWN;
          };
      why = answer.hasRefused() ? answer.getRefused().getReason() : "";
    } catch (UnreachableException e) {
      outcome = UNKNOWN;
    } catch (RefusedException e) {
      outcome = "call_refused";
      why = e.reason();
    }
    journal.told(
        step,
        What.REFUND,
        subject,
        "refundId",
        refund.refundId(),
        "amountMinor",
        refund.amountMinor(),
        "outcome",
        outcome,
        "why",
        why);
    return !outcome.equals(UNKNOWN);
  }

  /// Every order ever presented.
  synchronized List<Order> presented() {
    return List.copyOf(presented.values());
  }

  /// Every refund ever asked for.
  synchronized List<Refund> refunds() {
    return List.copyOf(refunds);
  }

  private static String digest(String code) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.US_ASCII)),
              0,
              16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static String shortened(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    return message.length() <= 200 ? message : message.substring(0, 200);
  }
}
