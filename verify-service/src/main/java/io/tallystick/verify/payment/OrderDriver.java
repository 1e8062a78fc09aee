package io.tallystick.verify.payment;

import io.tallystick.api.common.v1.Reason;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import io.tallystick.verify.code.Assessment;
import io.tallystick.verify.code.ClearingWord;
import io.tallystick.verify.code.CodeOrder;
import io.tallystick.verify.code.DeclineCause;
import io.tallystick.verify.code.OrderChange;
import io.tallystick.verify.code.OrderState;
import io.tallystick.verify.peer.ClearingPayments;
import io.tallystick.verify.peer.RiskAssessments;
import io.tallystick.verify.registry.TerminalRegistry;
import io.tallystick.verify.terminal.Terminal;
import io.tallystick.verify.terminal.TerminalName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Takes a claimed, authorising order to its end: risk-service, then clearing-service.
///
/// The first attempt goes straight on. A later one asks clearing-service first, since an earlier
/// worker may have paid and failed to write it down; what clearing-service knows is the answer. An
/// order too old to be paid is stopped, by a reversal that makes a payment still on its way
/// decline.
@Singleton
public class OrderDriver {
  private static final Reason GUESSED_AT =
      Reason.newBuilder()
          .setRule("code_guessing")
          .setExplanation("Wrong codes were tried shortly before; the payer is asked to confirm.")
          .build();

  private final CodeOrders orders;
  private final CodeConfig config;
  private final RiskAssessments risk;
  private final ClearingPayments clearing;
  private final TerminalRegistry terminals;

  @Inject
  OrderDriver(
      CodeOrders orders,
      CodeConfig config,
      RiskAssessments risk,
      ClearingPayments clearing,
      TerminalRegistry terminals) {
    this.orders = orders;
    this.config = config;
    this.risk = risk;
    this.clearing = clearing;
    this.terminals = terminals;
  }

  /// Drives an order whose claim the caller holds.
  ///
  /// @return the order in its new state
  /// @throws ApiException `UNAVAILABLE` when a part that must answer didn't; the claim is released
  public CodeOrder drive(CodeOrder order) {
    try {
      return order.claim().attempt() == 1 ? authorise(order) : resume(order);
    } catch (ApiException failure) {
      orders.changeBehind(new OrderChange.Released(order.key(), order.claim()));
      throw ApiErrors.unavailable(
          "ORDER_UNDECIDED", "the order is not decided yet; query it or send it again", failure);
    }
  }

  private CodeOrder resume(CodeOrder order) {
    Optional<ClearingWord> known = clearing.query(order);
    if (known.isPresent()) {
      return orders.hear(order, known.get());
    }
    boolean isTooOld = orders.now().isAfter(order.receivedAt().plus(config.resumeFor()));
    return isTooOld ? stop(order, new OrderState.Reversed(orders.now())) : authorise(order);
  }

  private CodeOrder authorise(CodeOrder order) {
    Optional<Terminal.Place> place =
        terminals
            .find(new TerminalName(order.key().merchant(), order.terminal()))
            .flatMap(Terminal::place);
    return switch (risk.assess(order, place)) {
      case Assessment.Clear _ ->
          orders.hear(
              order, clearing.pay(order, order.mustStepUp() ? List.of(GUESSED_AT) : List.of()));
      case Assessment.StepUp(var reasons) ->
          orders.hear(order, clearing.pay(order, nonEmpty(reasons)));
      case Assessment.Refuse _ -> refuse(order);
    };
  }

  /// Nobody else can have paid a first attempt. A later one may race with a worker who is late.
  private CodeOrder refuse(CodeOrder order) {
    OrderState refused = new OrderState.Declined(DeclineCause.RISK_REFUSED, orders.now());
    return order.claim().attempt() == 1 ? decide(order, refused) : stop(order, refused);
  }

  /// Ends an order that clearing-service doesn't know, after making sure that it never pays.
  private CodeOrder stop(CodeOrder order, OrderState end) {
    return switch (clearing.reverse(order)) {
      case ClearingPayments.Reversal.Done(var word) when word.revision() == 0 -> decide(order, end);
      // A late worker was first; the revision keeps its older words from being believed.
      case ClearingPayments.Reversal.Done(var word) -> orders.hear(order, word);
      case ClearingPayments.Reversal.TooLate _ ->
          clearing
              .query(order)
              .map(known -> orders.hear(order, known))
              .orElseThrow(() ->
                  new IllegalStateException("clearing-service reversed too late what it lacks"));
    };
  }

  /// Written before it is answered: nobody else knows of it.
  private CodeOrder decide(CodeOrder order, OrderState end) {
    if (orders.change(new OrderChange.Decided(order.key(), order.claim(), end))) {
      return order.with(end, order.revision());
    }
    return orders.reread(order.key());
  }

  private static List<Reason> nonEmpty(List<Reason> reasons) {
    return reasons.isEmpty() ? List.of(Reason.newBuilder().setRule("step_up").build()) : reasons;
  }
}
