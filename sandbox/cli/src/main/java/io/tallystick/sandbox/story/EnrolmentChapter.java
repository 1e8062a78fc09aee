package io.tallystick.sandbox.story;

import io.tallystick.protocol.code.PaymentCode;
import io.tallystick.sandbox.cli.Amounts;
import io.tallystick.sdk.terminal.platform.OrderState;
import io.tallystick.sdk.wallet.Enrolment;
import io.tallystick.sdk.wallet.client.Balance;
import io.tallystick.sdk.wallet.http.ProblemException;

/// Password, device key, seed, authorisation, allowance; the lock; the second phone.
final class EnrolmentChapter implements Chapter {
  private static final int ATTEMPTS = 5;

  @Override
  public String title() {
    return "Enrol: a password, a phone, money set aside";
  }

  @Override
  public void play(Cast cast) {
    Narrator narrator = cast.narrator();
    narrator.step(
        "Alice sets a payment password, is paid her wages and enrols her phone", () -> enrol(cast));
    narrator.step("Five wrong passwords lock; the operator unlocks", () -> lock(cast));
    narrator.step("A new phone retires the old phone's seed", () -> replace(cast));
  }

  private static void enrol(Cast cast) {
    Narrator narrator = cast.narrator();
    try (Payer alice = Payer.arrive(cast.stage(), "alice")) {
      alice.client().paymentPassword().set(Payer.PAYMENT_PASSWORD);
      narrator.tell("alice has %s in her account", Amounts.text(alice.deposit("500.00")));
      Enrolment enrolment = alice.enrol();
      alice.client().challenges().registerContact();
      narrator.tell(
          "device %s has a seed until %s and may pay %s offline, at most %s at once",
          enrolment.deviceId(),
          enrolment.seedExpiresAt(),
          enrolment.authorisation().allowance(),
          enrolment.authorisation().largestSingleAmount());
      for (Balance balance : alice.client().bills().balances()) {
        narrator.tell("in the ledger: %s available", balance.available());
        balance
            .allowances()
            .forEach(allowance ->
                narrator.tell("  %s held for device %s", allowance.left(), allowance.deviceId()));
      }
      StoryFailure.unless(
          enrolment.authorisation().issuer().isSignedBy(cast.stage().root()),
          "the authorisation does not lead to the root");
    }
  }

  private static void lock(Cast cast) throws Exception {
    try (Payer victor = Payer.arrive(cast.stage(), "victor")) {
      victor.client().paymentPassword().set(Payer.PAYMENT_PASSWORD);
      victor.deposit("50.00");
      String last = "";
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        last = refusalOf(victor, "00000" + attempt);
      }
      cast.narrator().tell("after %d wrong passwords: %s", ATTEMPTS, last);
      StoryFailure.unlessEqual(
          "payment-password-locked", refusalOf(victor, Payer.PAYMENT_PASSWORD), "the right one");
      cast.narrator().tell("the right password is refused too: payment-password-locked");
      StoryFailure.unless(cast.operator().unlock("victor"), "victor was not locked");
      cast.narrator().tell("unlocked; device %s enrolled", victor.enrol().deviceId());
    }
  }

  private static String refusalOf(Payer payer, String password) {
    try {
      payer.client().devices().enrol("phone", password);
    } catch (ProblemException refused) {
      return refused.name();
    }
    throw new StoryFailure("the password " + password + " was taken");
  }

  private static void replace(Cast cast) throws Exception {
    try (Payer ben = cast.readyPayer("ben");
        Payer benAgain = ben.withAnotherPhone()) {
      PaymentCode old = ben.offlineCode();
      Enrolment second = benAgain.enrol();
      cast.narrator().tell("ben's second phone is device %s", second.deviceId());
      OrderState answer = cast.cafe().pay(cast.cafe().nextOrder(), old.digits(), "5.00");
      requireRefused(answer);
      cast.narrator().tell("the old phone's code is refused; the new phone's pays:");
      OrderState paid =
          cast.cafe().pay(cast.cafe().nextOrder(), benAgain.offlineCode().digits(), "5.00");
      StoryFailure.unless(paid instanceof OrderState.Paid, "the new phone did not pay: " + paid);
      cast.narrator().tell("%s", paid);
    }
  }

  static void requireRefused(OrderState answer) {
    boolean refused =
        answer instanceof OrderState.Declined declined && declined.reason().equals("code_refused");
    StoryFailure.unless(refused, "the code was not refused: " + answer);
  }
}
