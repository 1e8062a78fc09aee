package io.tallystick.sandbox.soak.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.sandbox.soak.told.Line;
import io.tallystick.sandbox.soak.told.Line.Phase;
import io.tallystick.sandbox.soak.told.Line.What;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private final List<Line> lines = new ArrayList<>();

  private void line(int step, Phase phase, What what, String subject, String... facts) {
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < facts.length; i += 2) {
      named.put(facts[i], facts[i + 1]);
    }
    lines.add(new Line(lines.size(), step, phase, what, subject, named));
  }

  private void askHalf(int step) {
    line(step, Phase.ASKS, What.HALF, "s", "side", "terminal");
  }

  private void toldHalf(int step, String outcome) {
    line(step, Phase.TOLD, What.HALF, "s", "side", "terminal", "outcome", outcome);
  }

  private boolean lastWasTakenBefore() {
    return new Claims(lines).taps().get("s").wasTakenBefore(lines.getLast());
  }

  @Test
  void halfTakenAsNewAfterItWasTakenWasLost() {
    askHalf(1);
    toldHalf(1, "accepted");
    askHalf(2);
    toldHalf(2, "accepted");
    assertThat(lastWasTakenBefore()).isTrue();
  }

  @Test
  void twoUploadsAtTheSameTimeMayBeAnsweredInAnyOrder() {
    askHalf(1);
    askHalf(2);
    toldHalf(2, "duplicate");
    toldHalf(1, "accepted");
    assertThat(lastWasTakenBefore()).isFalse();
  }

  @Test
  void moneyKeptFollowsTheLastAnswer() {
    line(1, Phase.ASKS, What.PAY, "M/o", "payer", "p", "amountMinor", "500", "code", "c");
    line(1, Phase.TOLD, What.PAY, "M/o", "outcome", Line.UNKNOWN);
    line(
        2,
        Phase.TOLD,
        What.QUERY,
        "M/o",
        "outcome",
        "paid",
        "amountMinor",
        "500",
        "paymentId",
        "x");
    OrderClaim order = new Claims(lines).orders().get("M/o");
    assertThat(order.keptMinor()).isEqualTo(500);
    assertThat(new Claims(lines).paidWithoutAnswer()).isEqualTo(1);
    line(
        3,
        Phase.TOLD,
        What.QUERY,
        "M/o",
        "outcome",
        "refunded",
        "amountMinor",
        "500",
        "refundedMinor",
        "120",
        "paymentId",
        "x");
    assertThat(new Claims(lines).orders().get("M/o").keptMinor()).isEqualTo(380);
  }

  @Test
  void oneRefundSentTwiceIsOneRefund() {
    line(1, Phase.ASKS, What.PAY, "M/o", "payer", "p", "amountMinor", "500", "code", "c");
    for (String id : List.of("r1", "r1", "r2")) {
      line(
          2,
          Phase.TOLD,
          What.REFUND,
          "M/o",
          "refundId",
          id,
          "amountMinor",
          "100",
          "outcome",
          "refunded");
    }
    assertThat(new Claims(lines).orders().get("M/o").refundedMinor()).isEqualTo(200);
  }

  @Test
  void presentingAnOrderThatWasTakenBackTellsThatItIsReversed() {
    line(1, Phase.TOLD, What.PAY, "M/o", "outcome", "declined", "reason", "reversed");
    line(2, Phase.TOLD, What.PAY, "M/o", "outcome", "declined", "reason", "insufficient_funds");
    assertThat(lines).extracting(OrderClaim::state).containsExactly("reversed", "declined");
  }
}
