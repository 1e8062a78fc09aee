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

  private void declined(int step, What what, String reason) {
    line(step, Phase.TOLD, what, "M/o", "outcome", "declined", "reason", reason);
  }

  private void told(int step, What what, String outcome) {
    line(step, Phase.TOLD, what, "M/o", "outcome", outcome);
  }

  private List<String> states() {
    return new Claims(lines).orders().get("M/o").states();
  }

  @Test
  void presentingAnOrderThatWasTakenBackTellsThatItIsReversed() {
    declined(1, What.PAY, "reversed");
    declined(2, What.PAY, "insufficient_funds");
    assertThat(states()).containsExactly("reversed", "declined");
  }

  @Test
  void presentingAnOrderThatItsPayerDidNotConfirmTellsThatItIsClosed() {
    declined(1, What.PAY, "risk_refused");
    line(2, Phase.TOLD, What.QUERY, "M/o", "outcome", "closed", "paymentId", "x");
    declined(3, What.PAY, "risk_refused");
    assertThat(states()).containsExactly("closed", "closed", "closed");
  }

  @Test
  void queryThatTellsOfADeclineIsTakenAtItsWord() {
    declined(1, What.QUERY, "risk_refused");
    line(2, Phase.TOLD, What.QUERY, "M/o", "outcome", "closed", "paymentId", "x");
    assertThat(states()).containsExactly("declined", "closed");
  }

  @Test
  void anOrderThatRiskDeclinedStaysDeclined() {
    declined(1, What.PAY, "risk_refused");
    declined(2, What.QUERY, "risk_refused");
    assertThat(states()).containsExactly("declined", "declined");
  }

  /// A till that gets no answer queries, and is told of the refund; presenting again says paid.
  @Test
  void presentingAnOrderThatWasRefundedTakesTheRefundNotBack() {
    told(1, What.PAY, "paid");
    told(2, What.PAY, "refunded");
    told(3, What.PAY, "paid");
    assertThat(states()).containsExactly("paid", "refunded", "refunded");
  }

  @Test
  void queryThatSaysPaidAfterARefundIsTakenAtItsWord() {
    told(1, What.QUERY, "refunded");
    told(2, What.PAY, "paid");
    told(3, What.QUERY, "paid");
    assertThat(states()).containsExactly("refunded", "refunded", "paid");
  }
}
