package io.tallystick.verify.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.clearing.v1.PayMode;
import io.tallystick.api.clearing.v1.PayRequest;
import io.tallystick.api.verify.v1.PayByCodeResponse;
import io.tallystick.api.verify.v1.QueryPaymentResponse;
import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.verify.code.ClearingWord;
import io.tallystick.verify.code.CodeDigests;
import io.tallystick.verify.code.CodeMatch;
import io.tallystick.verify.code.OrderChange;
import io.tallystick.verify.code.OrderKey;
import io.tallystick.verify.code.OrderRequest;
import io.tallystick.verify.code.OrderState;
import io.tallystick.verify.code.Presentation;
import io.tallystick.verify.guess.GuessPolicy;
import io.tallystick.verify.testing.Eventually;
import io.tallystick.verify.testing.Statuses;
import io.tallystick.verify.testing.VerifyIT;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What becomes of an order when parts are slow or away.
@QuarkusTest
class OrderTroubleIT extends VerifyIT {
  @Inject StaleOrders staleOrders;
  @Inject CodeOrders orders;

  /// Circuit breakers that a test opened are closed before the next one.
  @AfterEach
  void settle() throws InterruptedException {
    seed.reset();
    risk.reset();
    clearing.reset();
    AtomicInteger tries = new AtomicInteger();
    Eventually.get(
        () -> {
          String next = order + "-settle-" + tries.incrementAndGet();
          try {
            return terminal.payUntilAnswered(next, seed.onlineCode(wallet), 1);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        },
        PayByCodeResponse::hasPaid);
  }

  @Test
  void stepsUpWhenRiskGivesNoAnswer() {
    risk.away(true);

    PayByCodeResponse answer = terminal.pay(order, wallet.code(clock.instant(), 0), 100);

    assertThat(answer.hasAwaitingPayer()).isTrue();
    PayRequest pay = pays().getFirst();
    assertThat(pay.getMode()).isEqualTo(PayMode.PAY_MODE_STEP_UP);
    assertThat(pay.getReasons(0).getRule()).isEqualTo("no_risk_answer");
  }

  @Test
  void stepsUpWhenRiskIsTooSlow() {
    risk.delay(Duration.ofSeconds(8));

    PayByCodeResponse answer = terminal.pay(order, wallet.code(clock.instant(), 0), 100);

    assertThat(answer.hasAwaitingPayer()).isTrue();
  }

  @Test
  void consumesNothingWhenSeedServiceIsAway() throws Exception {
    String code = wallet.code(clock.instant(), 0);
    seed.away(true);

    assertThat(Statuses.of(() -> terminal.pay(order, code, 100)).code())
        .isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(terminal.query(order).hasUnknownOrder()).isTrue();
    seed.away(false);

    assertThat(terminal.payUntilAnswered(order, code, 100).hasPaid()).isTrue();
  }

  @Test
  void resumesAnOrderThatClearingDidNotAnswer() throws Exception {
    String code = wallet.code(clock.instant(), 0);
    clearing.away(true);

    Statuses status = Statuses.of(() -> terminal.pay(order, code, 100));
    assertThat(status.code()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(status.reason()).isEqualTo("ORDER_UNDECIDED");
    assertThat(terminal.query(order).hasAuthorising()).isTrue();
    clearing.away(false);

    assertThat(terminal.payUntilAnswered(order, code, 100).hasPaid()).isTrue();
    assertThat(pays()).hasSize(1);
  }

  @Test
  void findsTheFirstAnswerByQueryWhenTheReplyWasLost() throws Exception {
    String code = wallet.code(clock.instant(), 0);
    clearing.loseReplies(true);

    assertThat(Statuses.of(() -> terminal.pay(order, code, 100)).code())
        .isEqualTo(Status.Code.UNAVAILABLE);
    clearing.loseReplies(false);
    QueryPaymentResponse found =
        Eventually.get(() -> terminal.query(order), answer -> !answer.hasAuthorising());

    assertThat(found.hasPaid()).isTrue();
    assertThat(terminal.pay(order, code, 100).getPaid()).isEqualTo(found.getPaid());
    assertThat(pays().stream().map(PayRequest::getPaymentId).distinct()).hasSize(1);
    assertThat(clearing.payment(found.getPaymentId()).getState()).isEqualTo("paid");
  }

  @Test
  void takesOverAnOrderWhoseWorkerDied() {
    String code = wallet.code(clock.instant(), 0);
    CodeMoment moment = CodeMoment.at(clock.instant(), 0);
    abandon(code, moment);
    assertThat(terminal.query(order).hasAuthorising()).isTrue();

    clock.advance(Duration.ofSeconds(21));

    assertThat(terminal.query(order).hasPaid()).isTrue();
    assertThat(terminal.pay(order, code, 100).hasPaid()).isTrue();
    assertThat(pays()).hasSize(1);
  }

  /// Leaves the order as a worker does that dies right after the verify transaction.
  private void abandon(String code, CodeMoment moment) {
    CodeDigests digests = new CodeDigests(new byte[32]);
    CodeMatch match =
        new CodeMatch(
            new CodeMatch.Payable(
                wallet.payerId(),
                wallet.deviceId().toString(),
                CodeMatch.Kind.OFFLINE_CODE,
                "code:%s:%d:0".formatted(wallet.seedId(), moment.minute()),
                wallet.enrolledAt()),
            new CodeMatch.SeedMoment(wallet.seedId(), moment));
    Instant now = orders.now();
    orders.present(
        new Presentation(
            OrderKey.of(terminal.merchantId(), order),
            "pay_" + UUID.randomUUID(),
            TerminalId.of(terminal.terminalId()),
            new OrderRequest(digests.code(code), Money.of(100, "CNY")),
            match,
            false,
            GuessPolicy.keys(terminal.merchantId(), terminal.terminalId(), "alias"),
            now.plusSeconds(20),
            now));
  }

  @Test
  void consumesNothingWhenSeedServiceIsTooSlow() throws Exception {
    String code = wallet.code(clock.instant(), 0);
    seed.delay(Duration.ofSeconds(8));

    Statuses status = Statuses.of(() -> terminal.pay(order, code, 100));
    assertThat(status.code()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(status.reason()).isEqualTo("CODE_UNCHECKED");
    seed.delay(Duration.ZERO);

    assertThat(terminal.payUntilAnswered(order, code, 100).hasPaid()).isTrue();
  }

  @Test
  void answersUnavailableWhenClearingIsTooSlowAndResumes() throws Exception {
    String code = wallet.code(clock.instant(), 0);
    clearing.delay(Duration.ofSeconds(8));

    assertThat(Statuses.of(() -> terminal.pay(order, code, 100)).reason())
        .isEqualTo("ORDER_UNDECIDED");
    clearing.delay(Duration.ZERO);

    assertThat(terminal.payUntilAnswered(order, code, 100).hasPaid()).isTrue();
    assertThat(pays().stream().map(PayRequest::getPaymentId).distinct()).hasSize(1);
  }

  @Test
  void stopsAnOrderThatNobodyAskedAboutInTime() throws Exception {
    clearing.away(true);
    Statuses.of(() -> terminal.pay(order, wallet.code(clock.instant(), 0), 100));
    clearing.away(false);
    clock.advance(Duration.ofMinutes(3));

    assertThat(swept().hasReversed()).isTrue();
    assertThat(pays()).isEmpty();
  }

  @Test
  void sweepsAnOrderThatWasPaidToItsAnswer() throws Exception {
    clearing.loseReplies(true);
    Statuses.of(() -> terminal.pay(order, wallet.code(clock.instant(), 0), 100));
    clearing.loseReplies(false);
    clock.advance(Duration.ofMinutes(3));

    assertThat(swept().hasPaid()).isTrue();
  }

  @Test
  void doesNotBelieveThatAStoppedOrderIsPaidWhenThatIsHeardLate() throws Exception {
    clearing.loseReplies(true);
    Statuses.of(() -> terminal.pay(order, wallet.code(clock.instant(), 0), 100));
    clearing.loseReplies(false);
    clearing.payAfterQueries(true);
    clock.advance(Duration.ofMinutes(3));
    QueryPaymentResponse stopped = swept();
    assertThat(stopped.hasReversed()).isTrue();

    boolean believed =
        orders.change(
            new OrderChange.Heard(
                OrderKey.of(terminal.merchantId(), order),
                stopped.getPaymentId(),
                new ClearingWord(new OrderState.Paid(orders.now()), 1)));

    assertThat(believed).isFalse();
    assertThat(terminal.query(order).hasReversed()).isTrue();
  }

  @Test
  void tellsOfALaterWordOnlyWhenItIsWritten() throws Exception {
    risk.answerStepUp("amount");
    PayByCodeResponse answer = terminal.pay(order, wallet.code(clock.instant(), 0), 100);
    assertThat(answer.hasAwaitingPayer()).isTrue();
    Eventually.get(this::state, "awaiting-payer"::equals);
    clearing.move(answer.getPaymentId(), "paid");

    try (ExecutorService asking = Executors.newSingleThreadExecutor()) {
      Future<QueryPaymentResponse> told =
          database.inTransaction(handle -> {
            handle
                .createQuery("SELECT 1 FROM code_order WHERE order_id = :order FOR UPDATE")
                .bind("order", order)
                .mapTo(Integer.class)
                .one();
            Future<QueryPaymentResponse> asked = asking.submit(() -> terminal.query(order));
            assertThatThrownBy(() -> asked.get(700, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
            return asked;
          });
      assertThat(told.get().hasPaid()).isTrue();
    }
    assertThat(state()).isEqualTo("paid");
  }

  @Test
  void leavesAnOrderToBeTriedAgainWhenClearingStaysAway() throws Exception {
    clearing.away(true);
    Statuses.of(() -> terminal.pay(order, wallet.code(clock.instant(), 0), 100));
    clock.advance(Duration.ofMinutes(3));

    staleOrders.sweep();
    assertThat(terminal.query(order).hasAuthorising()).isTrue();
    clearing.away(false);
    clock.advance(Duration.ofMinutes(1));

    assertThat(swept().hasReversed()).isTrue();
  }

  /// The order's row after sweeps, without a query that would resume it.
  private QueryPaymentResponse swept() throws InterruptedException {
    String state =
        Eventually.get(
            () -> {
              staleOrders.sweep();
              return state();
            },
            found -> !found.equals("authorising"));
    assertThat(state).isNotEqualTo("authorising");
    return terminal.query(order);
  }

  private String state() {
    return database.read(handle ->
        handle
            .createQuery("SELECT state FROM code_order WHERE order_id = :order")
            .bind("order", order)
            .mapTo(String.class)
            .one());
  }
}
