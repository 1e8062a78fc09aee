package io.tallystick.sandbox.soak.work;

import io.tallystick.protocol.code.PaymentCode;
import io.tallystick.sandbox.soak.plan.Intent;
import io.tallystick.sandbox.soak.plan.PlannedStep;
import io.tallystick.sdk.wallet.http.ProblemException;
import io.tallystick.sdk.wallet.http.UnreachableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Does what one payer means to do, one thing after the other, each not before its time.
final class PayerLane {
  private final SoakPayer payer;
  private final List<Till> tills;
  private final Desk desk;
  private @Nullable Order last;

  /// Where everything is done.
  ///
  /// @param surprised told of what no program should meet
  record Desk(
      Counters counters,
      Wallets wallets,
      TillUploads uploads,
      ChallengeAnswers answers,
      Consumer<Throwable> surprised) {}

  PayerLane(SoakPayer payer, List<Till> tills, Desk desk) {
    this.payer = payer;
    this.tills = List.copyOf(tills);
    this.desk = desk;
  }

  /// One step, whatever comes of it.
  void take(PlannedStep step) throws InterruptedException {
    try {
      take(step.number(), step.intent());
    } catch (UnreachableException
        | io.tallystick.sdk.terminal.UnreachableException
        | ProblemException expected) {
      // The platform is away or says no: nothing came of it, and what was asked is in the journal.
    } catch (RuntimeException | Error e) {
      desk.surprised().accept(e);
    }
  }

  private void take(int step, Intent intent) throws InterruptedException {
    switch (intent) {
      case Intent.PayOffline pay -> pay(step, pay.till(), pay.amountMinor(), payer.offlineCode());
      case Intent.PayOnline pay -> pay(step, pay.till(), pay.amountMinor(), payer.onlineCode());
      case Intent.PayDoubled pay -> payDoubled(step, pay);
      case Intent.PayAgain _ -> withLast(order -> desk.counters().pay(step, order));
      case Intent.PayUsedCode used -> withLast(order -> payUsed(step, used, order));
      case Intent.Reverse _ -> withLast(order -> desk.counters().reverse(step, order));
      case Intent.Refund refund -> withLast(order -> refund(step, refund, order));
      case Intent.Tap tap ->
          tap.amountsMinor()
              .forEach(amount -> desk.wallets().tap(step, payer, tills.get(tap.till()), amount));
      case Intent.AnswerChallenges answer -> desk.answers().answerAll(step, payer, answer.answer());
      case Intent.UploadWallet _ -> {
        if (payer.habit() == Till.Habit.PROMPT) {
          desk.wallets().upload(step, payer);
        }
      }
      case Intent.UploadTill upload -> {
        Till till = tills.get(upload.till());
        if (till.habit() == Till.Habit.PROMPT) {
          desk.uploads().upload(step, till, upload);
        }
      }
      case Intent.Renew _ -> payer.client().devices().renew(SoakPayer.PAYMENT_PASSWORD);
      case Intent.SkewWallet skew -> payer.clock().setAhead(Duration.ofSeconds(skew.seconds()));
      case Intent.SkewTill skew ->
          tills.get(skew.till()).clock().setAhead(Duration.ofSeconds(skew.seconds()));
    }
  }

  private void pay(int step, int till, long amountMinor, Optional<PaymentCode> code) {
    if (code.isPresent()) {
      desk.counters().pay(step, order(step, till, amountMinor, code.get().digits()));
    }
  }

  private Order order(int step, int till, long amountMinor, String digits) {
    Order order = new Order(tills.get(till), "order-" + step, payer.id(), digits, amountMinor);
    last = order;
    return order;
  }

  private void payDoubled(int step, Intent.PayDoubled pay) throws InterruptedException {
    Optional<PaymentCode> code = payer.offlineCode();
    if (code.isEmpty()) {
      return;
    }
    Order order = order(step, pay.till(), pay.amountMinor(), code.get().digits());
    Thread second =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((_, e) -> desk.surprised().accept(e))
            .start(() -> desk.counters().pay(step, order));
    desk.counters().pay(step, order);
    second.join();
  }

  /// Not the payer's last order: the code is dead, and so is this.
  private void payUsed(int step, Intent.PayUsedCode used, Order before) {
    desk.counters()
        .pay(
            step,
            new Order(
                tills.get(used.till()),
                "order-" + step,
                payer.id(),
                before.code(),
                used.amountMinor()));
  }

  private void refund(int step, Intent.Refund refund, Order order) {
    long amountMinor = Math.max(1, order.amountMinor() * refund.percent() / 100);
    for (int i = 0; i < refund.times(); i++) {
      desk.counters().refund(step, new Counters.Refund(order, "refund-" + step, amountMinor));
    }
  }

  private void withLast(Consumer<Order> use) {
    Order order = last;
    if (order != null) {
      use.accept(order);
    }
  }
}
