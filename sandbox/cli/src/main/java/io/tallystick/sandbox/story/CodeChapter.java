package io.tallystick.sandbox.story;

import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.protocol.code.OfflineCodes;
import io.tallystick.protocol.code.PaymentCode;
import io.tallystick.sandbox.cli.draw.CodeCard;
import io.tallystick.sdk.terminal.platform.OrderState;
import io.tallystick.sdk.wallet.Enrolment;
import java.time.Duration;

/// Twenty digits on a screen, in every way they can go.
final class CodeChapter implements Chapter {
  @Override
  public String title() {
    return "Pay by code";
  }

  @Override
  public void play(Cast cast) {
    Payer carol;
    try {
      carol = cast.readyPayer("carol");
    } catch (RuntimeException e) {
      cast.narrator().step("Carol enrols", () -> rethrow(e));
      return;
    }
    try (carol) {
      tell(cast, carol);
    }
  }

  private static void rethrow(RuntimeException e) {
    throw e;
  }

  private void tell(Cast cast, Payer carol) {
    Narrator narrator = cast.narrator();
    narrator.step("An online code, made by the server", () -> online(cast, carol));
    narrator.step("An offline code, derived from seed and clock", () -> offline(cast, carol));
    narrator.step("A code that is too old is refused", () -> expired(cast, carol));
    narrator.step("Refresh shows another code, and it pays", () -> refresh(cast, carol));
    narrator.step(
        "Too little money: declined, and that code is dead too", () -> tooLittle(cast, carol));
    narrator.step(
        "The reply gets lost: the till asks by order id and learns the answer",
        () -> lostReply(cast, carol));
  }

  private static void online(Cast cast, Payer carol) throws Exception {
    PaymentCode code = carol.onlineCode();
    StoryFailure.unless(code instanceof PaymentCode.OnlineCode, "the code is not the server's");
    cast.narrator().tell(CodeCard.text(code.digits(), cast.narrator().pictures()));
    requirePaid(cast, carol, code, "25.00");
  }

  private static void offline(Cast cast, Payer carol) throws Exception {
    carol.client().codes().paymentResultArrived();
    PaymentCode code = carol.offlineCode();
    StoryFailure.unless(code instanceof PaymentCode.OfflineCode, "the code is the server's");
    cast.narrator()
        .tell("the wallet, without a connection, shows %s", CodeCard.grouped(code.digits()));
    requirePaid(cast, carol, code, "12.50");
    OrderState again = cast.cafe().pay(cast.cafe().nextOrder(), code.digits(), "12.50");
    EnrolmentChapter.requireRefused(again);
    cast.narrator().tell("the same code again: %s", again);
  }

  private static void expired(Cast cast, Payer carol) {
    Enrolment enrolment =
        StoryFailure.unlessPresent(carol.wallet().state().enrolment(), "carol is not enrolled");
    CodeMoment past = CodeMoment.at(carol.wallet().now().minus(Duration.ofMinutes(3)), 0);
    PaymentCode old =
        OfflineCodes.derive(enrolment.seed(), enrolment.alias(), past, enrolment.network());
    OrderState answer = cast.cafe().pay(cast.cafe().nextOrder(), old.digits(), "1.00");
    EnrolmentChapter.requireRefused(answer);
    cast.narrator().tell("a code of three minutes ago: %s", answer);
  }

  private static void refresh(Cast cast, Payer carol) throws Exception {
    PaymentCode before = carol.offlineCode();
    PaymentCode after = carol.refreshedCode();
    StoryFailure.unless(!before.digits().equals(after.digits()), "refresh shows the same code");
    cast.narrator()
        .tell("%s becomes %s", CodeCard.grouped(before.digits()), CodeCard.grouped(after.digits()));
    requirePaid(cast, carol, after, "7.80");
  }

  private static void tooLittle(Cast cast, Payer carol) {
    PaymentCode code = carol.refreshedCode();
    OrderState declined =
        cast.bookshop().pay(cast.bookshop().nextOrder(), code.digits(), "9000.00");
    StoryFailure.unless(
        declined instanceof OrderState.Declined, "9000.00 was not declined: " + declined);
    cast.narrator().tell("9000.00 CNY: %s", declined);
    OrderState again = cast.cafe().pay(cast.cafe().nextOrder(), code.digits(), "1.00");
    EnrolmentChapter.requireRefused(again);
    cast.narrator().tell("the same code for 1.00 CNY: %s", again);
  }

  private static void lostReply(Cast cast, Payer carol) throws Exception {
    PaymentCode code = carol.refreshedCode();
    String order = cast.cafe().nextOrder();
    cast.cafe().loseNextReply();
    OrderState learned = cast.cafe().pay(order, code.digits(), "3.20");
    cast.narrator().tell("the connection was cut after the request; %s is %s", order, learned);
    StoryFailure.unless(learned instanceof OrderState.Paid, "the order is not paid");
    OrderState again = cast.cafe().pay(order, code.digits(), "3.20");
    StoryFailure.unlessEqual(learned, again, "the order sent again");
    cast.narrator().tell("sent again under the same order id: the same answer, paid once");
  }

  private static void requirePaid(Cast cast, Payer payer, PaymentCode code, String amount)
      throws Exception {
    long begun = System.nanoTime();
    OrderState answer = cast.cafe().pay(cast.cafe().nextOrder(), code.digits(), amount);
    long millis = (System.nanoTime() - begun) / 1_000_000;
    if (!(answer instanceof OrderState.Paid paid)) {
      throw new StoryFailure("not paid: " + answer);
    }
    cast.narrator()
        .tell(
            "%s → %s: %s paid in %d ms (%s)",
            payer.name(), cast.cafe().name(), paid.amount(), millis, paid.paymentId());
    cast.narrator().tell("%s reads: %s", payer.name(), payer.told(paid.paymentId(), "paid").text());
    cast.narrator()
        .tell(
            "the merchant reads: %s",
            cast.desk().told(paid.paymentId(), "paid").get("type").getAsString());
  }
}
