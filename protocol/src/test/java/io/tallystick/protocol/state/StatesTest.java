package io.tallystick.protocol.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.wire.MalformedException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StatesTest {
  /** The moves of a state are its methods that return states; a new or lost one shows here. */
  private static Map<String, Set<String>> moves(Class<?> type) {
    Map<String, Set<String>> moves = new TreeMap<>();
    for (Class<?> state : type.getPermittedSubclasses()) {
      Set<String> targets = new TreeSet<>();
      for (Method method : state.getDeclaredMethods()) {
        if (type.isAssignableFrom(method.getReturnType())) {
          targets.add(method.getReturnType().getSimpleName());
        }
      }
      moves.put(state.getSimpleName(), targets);
    }
    return moves;
  }

  @Test
  void paymentsMoveAsTheProtocolSays() {
    assertThat(moves(PaymentState.class))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "Authorising", Set.of("Paid", "Declined", "AwaitingPayer"),
                "AwaitingPayer", Set.of("Paid", "Closed", "Reversed"),
                "Paid", Set.of("Reversed", "Refunded"),
                "Refunded", Set.of("Refunded"),
                "Declined", Set.of(),
                "Closed", Set.of(),
                "Reversed", Set.of()));
  }

  @Test
  void offlinePaymentsMoveAsTheProtocolSays() {
    assertThat(moves(OfflinePaymentState.class))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "Received", Set.of("Scored"),
                "Scored", Set.of("Cleared", "Frozen", "Refused"),
                "Frozen", Set.of("Challenged"),
                "Challenged", Set.of("Cleared", "Returned"),
                "Cleared", Set.of("Settled"),
                "Settled", Set.of(),
                "Refused", Set.of(),
                "Returned", Set.of()));
  }

  @Test
  void halvesAndChallengesMoveAsTheProtocolSays() {
    assertThat(moves(HalvesState.class))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "WalletOnly", Set.of("Matched", "Disputed"),
                "TerminalOnly", Set.of("Matched", "Disputed"),
                "Matched", Set.of(),
                "Disputed", Set.of()));
    assertThat(moves(ChallengeState.class))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "Created", Set.of("Delivered", "Expired"),
                "Delivered", Set.of("Passed", "Failed", "Expired", "ChallengeState"),
                "Passed", Set.of(),
                "Failed", Set.of(),
                "Expired", Set.of()));
  }

  @Test
  void everyStateGoesThroughTextAndBack() {
    List<PaymentState> payments =
        List.of(
            PaymentState.begin(),
            PaymentState.begin().awaitPayer(),
            PaymentState.begin().pay(),
            PaymentState.begin().decline("insufficient_balance"),
            PaymentState.begin().decline("a-reason_of-forty-characters-0123456789x"),
            PaymentState.begin().awaitPayer().close(),
            PaymentState.begin().pay().reverse(),
            PaymentState.begin().pay().refund(300, 1_000));
    assertThat(payments)
        .allSatisfy(state -> assertThat(PaymentState.parse(state.text())).isEqualTo(state))
        .allSatisfy(state -> assertThat(state.text()).startsWith(state.name()).hasSizeLessThan(81))
        .allSatisfy(state -> assertThat(state.name()).matches("[a-z-]+"));
    OfflinePaymentState.Scored scored = OfflinePaymentState.begin().score();
    assertThat(
            List.of(
                OfflinePaymentState.begin(),
                scored,
                scored.clear(),
                scored.freeze(),
                scored.refuse(),
                scored.freeze().challenge(),
                scored.freeze().challenge().giveBack(),
                scored.freeze().challenge().clear().settle()))
        .allSatisfy(state -> assertThat(OfflinePaymentState.parse(state.text())).isEqualTo(state));
    assertThat(
            List.of(
                HalvesState.begin(TapHalf.Side.WALLET),
                HalvesState.begin(TapHalf.Side.TERMINAL),
                new HalvesState.WalletOnly().match(),
                new HalvesState.TerminalOnly().dispute()))
        .allSatisfy(state -> assertThat(HalvesState.parse(state.text())).isEqualTo(state));
    ChallengeState.Delivered delivered = ChallengeState.begin().deliver(5);
    assertThat(
            List.of(
                ChallengeState.begin(),
                delivered,
                delivered.pass(),
                delivered.fail(),
                delivered.expire()))
        .allSatisfy(state -> assertThat(ChallengeState.parse(state.text())).isEqualTo(state));
  }

  @Test
  void theFifthWrongAnswerFails() {
    ChallengeState state = ChallengeState.begin().deliver(ChallengeState.SMS_TRIES);
    int answers = 0;
    while (state instanceof ChallengeState.Delivered delivered) {
      state = delivered.answerWrongly();
      answers++;
    }
    assertThat(state).isEqualTo(new ChallengeState.Failed());
    assertThat(answers).isEqualTo(5);
  }

  @Test
  void noMoreIsRefundedThanWasPaid() {
    PaymentState.Refunded part = PaymentState.begin().pay().refund(300, 1_000);
    assertThat(part.isPartial()).isTrue();
    assertThat(part.isFinal()).isFalse();
    assertThat(part.refund(700).isFinal()).isTrue();
    assertThat(part.refund(1)).isEqualTo(new PaymentState.Refunded(301, 1_000));
    assertThatThrownBy(() -> part.refund(701))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("amountMinor is not from 1 to 700: 701");
    assertThatThrownBy(() -> part.refund(Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> part.refund(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PaymentState.begin().pay().refund(1_001, 1_000))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void finalStatesAreThoseWithoutMoves() {
    assertThat(PaymentState.begin().isFinal()).isFalse();
    assertThat(new PaymentState.Closed().isFinal()).isTrue();
    assertThat(OfflinePaymentState.begin().score().clear().isFinal()).isFalse();
    assertThat(OfflinePaymentState.begin().score().clear().settle().isFinal()).isTrue();
    assertThat(new HalvesState.Disputed().isFinal()).isTrue();
    assertThat(new ChallengeState.Passed().isFinal()).isTrue();
  }

  @Test
  void refusesTextThatIsNoState() {
    for (String bad :
        Arrays.asList(
            "",
            "PAID",
            "paid()",
            "paid(x)",
            "declined",
            "declined(NO)",
            "refunded",
            "refunded(1)",
            "refunded(2/1)",
            "refunded(0/1)",
            "refunded(a/b)",
            "refunded(1/2/3)",
            "unknown")) {
      assertThatThrownBy(() -> PaymentState.parse(bad)).isInstanceOf(MalformedException.class);
    }
    for (String bad : Arrays.asList("", "delivered", "delivered(0)", "delivered(x)", "passed(1)")) {
      assertThatThrownBy(() -> ChallengeState.parse(bad)).isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> OfflinePaymentState.parse("paid"))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> HalvesState.parse("paid")).isInstanceOf(MalformedException.class);
  }
}
