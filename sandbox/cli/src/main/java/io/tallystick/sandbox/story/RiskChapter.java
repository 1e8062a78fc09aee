package io.tallystick.sandbox.story;

import io.tallystick.sdk.terminal.platform.OrderState;
import io.tallystick.sdk.wallet.client.InboxItem;
import java.time.Duration;
import java.util.Optional;

/// Two places at once, and an amount out of the ordinary.
final class RiskChapter implements Chapter {
  private static final int USUAL_PAYMENTS = 6;

  @Override
  public String title() {
    return "Out of place, out of proportion";
  }

  @Override
  public void play(Cast cast) {
    cast.narrator().step("Kim taps in Shanghai and seconds later in Beijing", () -> drift(cast));
    cast.narrator().step("Lou, who buys coffee, buys a camera", () -> jump(cast));
  }

  private static void drift(Cast cast) throws Exception {
    try (Payer kim = cast.readyPayer("kim")) {
      String here = TapChapter.tap(cast, kim, "9.00");
      String there = "tap_" + cast.bookshop().acceptedTap(kim, "21.00").half().serial();
      cast.stall().upload();
      TapChapter.clearedBill(cast, kim, here);
      cast.bookshop().upload();
      InboxItem item = kim.challenged(there);
      requireRule(cast, item, "speed");
      StoryFailure.unless(
          item.reasons().stream().anyMatch(reason -> reason.paymentIds().contains(here)),
          "the reasons do not name " + here);
      kim.client()
          .challenges()
          .answerFace(item.challengeId().orElseThrow(), Optional.empty(), true);
      TapChapter.clearedBill(cast, kim, there);
      cast.narrator().tell("kim looks into the phone; cleared");
    }
  }

  private static void jump(Cast cast) throws Exception {
    try (Payer lou = cast.readyPayer("lou")) {
      for (int i = 0; i < USUAL_PAYMENTS; i++) {
        OrderState paid =
            cast.cafe().pay(cast.cafe().nextOrder(), lou.offlineCode().digits(), "4.00");
        if (!(paid instanceof OrderState.Paid coffee)) {
          throw new StoryFailure("a coffee was not paid: " + paid);
        }
        lou.told(coffee.paymentId(), "paid");
      }
      cast.narrator().tell("%d coffees of 4.00 CNY", USUAL_PAYMENTS);
      String order = cast.bookshop().nextOrder();
      OrderState waiting = cast.bookshop().pay(order, lou.offlineCode().digits(), "240.00");
      if (!(waiting instanceof OrderState.AwaitingPayer awaiting)) {
        throw new StoryFailure("240.00 did not wait for the payer: " + waiting);
      }
      cast.narrator().tell("240.00 CNY: the till shows that the payer has to confirm");
      InboxItem item = lou.challenged(awaiting.paymentId());
      requireRule(cast, item, "amount");
      lou.client()
          .challenges()
          .answerFace(item.challengeId().orElseThrow(), Optional.empty(), true);
      OrderState paid =
          Waiting.until(
              "the order being paid",
              Duration.ofSeconds(20),
              () ->
                  Optional.of(cast.bookshop().query(order))
                      .filter(state -> state instanceof OrderState.Paid));
      cast.narrator().tell("confirmed by face; the till asks again: %s", paid);
    }
  }

  private static void requireRule(Cast cast, InboxItem item, String rule) {
    item.reasons().forEach(reason -> FreezeChapter.tellReason(cast, reason));
    StoryFailure.unless(
        item.reasons().stream()
            .anyMatch(reason ->
                reason.rule().equals(rule)
                    && !reason.inputs().isEmpty()
                    && !reason.thresholds().isEmpty()),
        "no reason names the rule " + rule);
  }
}
