package io.tallystick.clearing;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.events.v1.ChallengeOutcome;
import io.tallystick.api.events.v1.DecisionOutcome;
import io.tallystick.clearing.allowance.AllowanceRequest;
import io.tallystick.clearing.allowance.AllowanceService;
import io.tallystick.clearing.audit.LedgerAudit;
import io.tallystick.clearing.audit.LedgerReport;
import io.tallystick.clearing.bank.BankService;
import io.tallystick.clearing.bank.Deposit;
import io.tallystick.clearing.ledger.OwnerKind;
import io.tallystick.clearing.payment.Instrument;
import io.tallystick.clearing.payment.InstrumentKind;
import io.tallystick.clearing.payment.PayCommand;
import io.tallystick.clearing.payment.PayResult;
import io.tallystick.clearing.payment.PayService;
import io.tallystick.clearing.payment.PaymentTerms;
import io.tallystick.clearing.payment.Refund;
import io.tallystick.clearing.payment.ReturnRules.Refunding;
import io.tallystick.clearing.payment.ReturnRules.Reversal;
import io.tallystick.clearing.payment.ReturnService;
import io.tallystick.clearing.settlement.SettlementService;
import io.tallystick.clearing.sweep.SweepService;
import io.tallystick.protocol.model.Money;
import io.tallystick.sandbox.base.TallystickTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Thousands of random operations, each compared with what a simple model says, and every balance
/// at the end.
@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "clearing"))
class MoneyConservationIT {
  private static final long SEED = 20260301;
  private static final int OPERATIONS = 2_500;

  @Inject Books books;
  @Inject Taps taps;
  @Inject TestClock clock;
  @Inject BankService bank;
  @Inject PayService pays;
  @Inject ReturnService returns;
  @Inject AllowanceService allowances;
  @Inject SweepService sweeps;
  @Inject SettlementService settlements;
  @Inject LedgerAudit audit;

  private final Random random = new Random(SEED);
  private final Shadow shadow = new Shadow();
  private final List<String> payers = new ArrayList<>();
  private final List<String> merchants = new ArrayList<>();
  private final Map<String, String> devices = new HashMap<>();
  private final List<PayCommand> commands = new ArrayList<>();
  private final List<Taps.Tap> tapped = new ArrayList<>();
  private final Map<String, Integer> answers = new TreeMap<>();

  @Test
  void everyOperationAnswersAsTheModelAndNothingIsLost() {
    settlements.settle(settlements.today(), Optional.empty());
    long before = inSystem();
    for (int i = 0; i < 12; i++) {
      payers.add(Pays.fresh("payer"));
      devices.put(payers.getLast(), Taps.freshDevice());
      deposit(payers.getLast(), 20_000);
    }
    for (int i = 0; i < 4; i++) {
      merchants.add(Pays.freshMerchant());
    }
    for (int i = 0; i < OPERATIONS; i++) {
      operate();
    }
    assertSameAsModel();
    LedgerReport report = audit.check();
    assertThat(report.findings()).isEmpty();
    assertThat(inSystem() - before).isEqualTo(shadow.inSystem);
    assertThat(answers).hasSizeGreaterThan(12).allSatisfy((_, n) -> assertThat(n).isPositive());
    System.out.println("answers of " + OPERATIONS + " operations: " + answers);
  }

  private void operate() {
    int dice = random.nextInt(1000);
    if (dice < 20) {
      deposit(pick(payers), 1 + random.nextInt(5_000));
    } else if (dice < 520) {
      pay();
    } else if (dice < 600) {
      reverse();
    } else if (dice < 720) {
      refund();
    } else if (dice < 800) {
      challengeCode();
    } else if (dice < 830) {
      hold();
    } else if (dice < 930) {
      tap();
    } else if (dice < 970) {
      challengeTap();
    } else if (dice < 992) {
      sweeps.sweepAll();
      shadow.sweep();
    } else if (dice < 996) {
      nextDay();
    } else {
      revoke();
    }
  }

  private void deposit(String payer, long amount) {
    bank.deposit(new Deposit(Pays.fresh("bank"), OwnerKind.PAYER, payer, Money.of(amount, "CNY")));
    shadow.deposit(payer, amount);
  }

  private void pay() {
    boolean again = !commands.isEmpty() && random.nextInt(10) == 0;
    PayCommand command = again ? pick(commands) : command();
    commands.add(command);
    PaymentTerms terms = command.terms();
    PayResult.Answered answered = (PayResult.Answered) pays.pay(command);
    same(
        "pay",
        answered.payment().state(),
        shadow.pay(
            terms.paymentId(),
            terms.instrument().id(),
            terms.payerId(),
            terms.merchantId(),
            terms.amount().amountMinor(),
            command.stepUp()));
  }

  private PayCommand command() {
    String id = Pays.fresh("pay");
    boolean usedCode = !commands.isEmpty() && random.nextInt(15) == 0;
    Instrument instrument =
        usedCode
            ? pick(commands).terms().instrument()
            : new Instrument(InstrumentKind.OFFLINE_CODE, "code:" + id);
    PaymentTerms terms =
        new PaymentTerms(
            pick(payers),
            id,
            instrument,
            "d1",
            pick(merchants),
            "t1",
            "order-" + id,
            Money.of(1 + random.nextInt(900), "CNY"));
    return new PayCommand(terms, random.nextInt(4) == 0, List.of());
  }

  private void reverse() {
    PayCommand command = random.nextInt(5) == 0 || commands.isEmpty() ? command() : pick(commands);
    commands.add(command);
    PaymentTerms terms = command.terms();
    String answer =
        switch (returns.reverse(terms.payerId(), terms.paymentId(), terms.merchantId())) {
          case ReturnService.Reversed.Stopped _ -> "reversed";
          case ReturnService.Reversed.Answered(Reversal.Done done) -> done.payment().state();
          case ReturnService.Reversed.Answered(Reversal.TooLate _) -> "too late";
        };
    same("reverse", answer, shadow.reverse(terms.paymentId()));
  }

  private void refund() {
    if (commands.isEmpty()) {
      return;
    }
    PaymentTerms terms = pick(commands).terms();
    if (!shadow.payments.containsKey(terms.paymentId())) {
      return;
    }
    long amount = 1 + random.nextInt(600);
    Refund refund =
        new Refund(
            terms.payerId(),
            terms.paymentId(),
            Pays.fresh("refund"),
            terms.merchantId(),
            Money.of(amount, "CNY"));
    String answer =
        switch (returns.refund(refund)) {
          case Refunding.Done done -> done.payment().state();
          case Refunding.Denied denied -> denied.denial().text();
        };
    same("refund", answer, shadow.refund(terms.paymentId(), amount));
  }

  private void challengeCode() {
    List<PayCommand> waiting =
        commands.stream()
            .filter(c -> shadow.payments.containsKey(c.terms().paymentId()))
            .filter(c -> c.stepUp())
            .toList();
    if (!waiting.isEmpty()) {
      PaymentTerms terms = pick(waiting).terms();
      challenge(terms.paymentId(), terms.payerId());
    }
  }

  private void challengeTap() {
    if (!tapped.isEmpty()) {
      Taps.Tap tap = pick(tapped);
      challenge(tap.paymentId(), tap.payer());
    }
  }

  /// The first end of a challenge counts, also for one that is decided later.
  private void challenge(String paymentId, String payer) {
    String before = shadow.payments.get(paymentId).state;
    boolean passed = random.nextBoolean();
    if (!before.equals("awaiting-payer") && !before.equals("frozen")) {
      passed = false;
    }
    taps.deliver(
        Taps.challengeOf(
            paymentId,
            payer,
            passed
                ? ChallengeOutcome.CHALLENGE_OUTCOME_PASSED
                : ChallengeOutcome.CHALLENGE_OUTCOME_FAILED));
    same("challenge", state(paymentId), shadow.challenge(paymentId, passed));
  }

  private void hold() {
    String payer = pick(payers);
    long target = 500 + random.nextInt(3_000);
    long held =
        allowances
            .hold(
                new AllowanceRequest(
                    Pays.fresh("key"),
                    payer,
                    devices.get(payer),
                    Money.of(target, "CNY"),
                    List.of()))
            .orElseThrow();
    assertThat(held).isEqualTo(shadow.hold(payer, devices.get(payer), target));
  }

  private void tap() {
    String payer = pick(payers);
    String how =
        List.of("CLEAR", "CLEAR", "CLEAR", "FREEZE", "FREEZE", "REFUSE").get(random.nextInt(6));
    Taps.Tap tap =
        !tapped.isEmpty() && random.nextInt(8) == 0
            ? pick(tapped)
            : Taps.tap(
                payer,
                devices.get(payer),
                tapped.size() + 1,
                pick(merchants),
                1 + random.nextInt(1_500));
    tapped.add(tap);
    taps.deliver(tap.decided(DecisionOutcome.valueOf("DECISION_OUTCOME_" + how)));
    same(
        "tap",
        state(tap.paymentId()),
        shadow.decide(
            tap.paymentId(), tap.payer(), tap.deviceId(), tap.merchant(), tap.amountMinor(), how));
  }

  private void nextDay() {
    LocalDate day = settlements.today();
    clock.advance(Duration.ofDays(1));
    settlements.settle(day, Optional.empty());
    shadow.settle();
  }

  /// A device that waits for no challenge is revoked, and the payer gets another.
  private void revoke() {
    String payer = pick(payers);
    String device = devices.get(payer);
    boolean waits =
        shadow.payments.values().stream()
            .anyMatch(p -> p.device.equals(device) && p.state.equals("frozen"));
    if (!waits) {
      taps.deliver(Taps.tap(payer, device, 1, "m1", 1).revoked());
      allowances.releaseSome();
      shadow.release(payer, device);
      devices.put(payer, Taps.freshDevice());
    }
  }

  private void same(String operation, String answer, String expected) {
    assertThat(answer).as(operation).isEqualTo(expected);
    answers.merge(operation + " " + answer, 1, Integer::sum);
  }

  private void assertSameAsModel() {
    for (String payer : payers) {
      assertThat(books.available(payer)).isEqualTo(Shadow.get(shadow.available, payer));
      assertThat(books.held(payer)).isEqualTo(Shadow.get(shadow.held, payer));
      String device = devices.get(payer);
      assertThat(books.allowance(payer, device)).isEqualTo(Shadow.get(shadow.allowance, device));
    }
    for (String merchant : merchants) {
      assertThat(books.payable(merchant)).isEqualTo(Shadow.get(shadow.payable, merchant));
    }
    shadow.payments.forEach((id, p) -> assertThat(state(id)).as(id).isEqualTo(p.state));
  }

  private String state(String paymentId) {
    return books.texts("SELECT state FROM payment WHERE payment_id = ?", paymentId).getFirst();
  }

  private long inSystem() {
    return -books.number(
        "SELECT coalesce(sum(amount_minor), 0) FROM entry WHERE account_id LIKE 'platform:bank:%'");
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
