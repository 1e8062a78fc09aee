package io.tallystick.clearing.tap;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.clearing.v1.HoldAllowanceRequest;
import io.tallystick.api.events.v1.ChallengeOutcome;
import io.tallystick.api.events.v1.DecisionOutcome;
import io.tallystick.api.events.v1.TapSide;
import io.tallystick.clearing.Books;
import io.tallystick.clearing.Grpc;
import io.tallystick.clearing.Pays;
import io.tallystick.clearing.Taps;
import io.tallystick.clearing.Taps.Tap;
import io.tallystick.clearing.TestClock;
import io.tallystick.clearing.allowance.AllowanceService;
import io.tallystick.sandbox.base.TallystickTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Nothing rests on the order of events, nor on how often they come.
@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "clearing"))
class TapOrderIT {
  private static final long BALANCE = 10_000;
  private static final long ALLOWANCE = 3_000;
  private static final long AMOUNT = 4_000;

  @Inject Books books;
  @Inject Taps taps;
  @Inject AllowanceService allowances;
  @Inject TestClock clock;

  /// What must not depend on order.
  private record End(
      String state, String halves, long available, long allowance, long held, long toMerchant) {}

  @ParameterizedTest
  @CsvSource({
    "FREEZE, PASSED, cleared, 6000, 4000",
    "FREEZE, FAILED, returned, 10000, 0",
    "FREEZE, EXPIRED, returned, 10000, 0",
    "CLEAR, PASSED, cleared, 6000, 4000",
    "REFUSE, FAILED, refused, 10000, 0",
  })
  void everyOrderWithRepetitionsEndsTheSame(
      String decision, String challenge, String state, long available, long toMerchant) {
    Random random = new Random(20260301);
    Set<End> ends = new HashSet<>();
    for (List<Integer> order : permutations(5)) {
      ends.add(run(decision, challenge, order, random));
    }
    assertThat(ends).containsExactly(new End(state, "matched", available, 0, 0, toMerchant));
  }

  private End run(String decision, String challenge, List<Integer> order, Random random) {
    String payer = Pays.payerWith(BALANCE);
    String device = Taps.freshDevice();
    hold(payer, device);
    String merchant = Pays.freshMerchant();
    Tap tap = Taps.tap(payer, device, 1, merchant, AMOUNT);
    List<Message> messages =
        List.of(
            tap.half(TapSide.TAP_SIDE_WALLET),
            tap.half(TapSide.TAP_SIDE_TERMINAL),
            tap.decided(DecisionOutcome.valueOf("DECISION_OUTCOME_" + decision)),
            tap.challenge(ChallengeOutcome.valueOf("CHALLENGE_OUTCOME_" + challenge)),
            tap.revoked());
    List<Message> delivered = new ArrayList<>(order.stream().map(messages::get).toList());
    delivered.add(random.nextInt(6), messages.get(random.nextInt(5)));
    delivered.add(messages.get(random.nextInt(5)));
    for (Message message : delivered) {
      taps.deliver(message);
      if (random.nextInt(3) == 0) {
        release();
      }
    }
    release();
    return end(tap);
  }

  /// What is held yet when it is looked at is looked at again later.
  private void release() {
    clock.advance(Duration.ofMinutes(2));
    assertThat(allowances.releaseSome()).isFalse();
  }

  private End end(Tap tap) {
    return new End(
        books.texts("SELECT state FROM payment WHERE payment_id = ?", tap.paymentId()).getFirst(),
        books
            .texts("SELECT halves_state FROM tap WHERE payment_id = ?", tap.paymentId())
            .getFirst(),
        books.available(tap.payer()),
        books.allowance(tap.payer(), tap.deviceId()),
        books.held(tap.payer()),
        books.number(
            "SELECT coalesce(sum(amount_minor), 0) FROM merchant_credit WHERE merchant_id = ?",
            tap.merchant()));
  }

  @Test
  void aTapTakesFromTheAllowanceFirst() {
    String payer = Pays.payerWith(BALANCE);
    String device = Taps.freshDevice();
    hold(payer, device);
    taps.deliver(
        Taps.tap(payer, device, 1, "m1", 1_000).decided(DecisionOutcome.DECISION_OUTCOME_CLEAR));
    assertThat(books.allowance(payer, device)).isEqualTo(2_000);
    assertThat(books.available(payer)).isEqualTo(7_000);
    taps.deliver(
        Taps.tap(payer, device, 2, "m1", 2_500).decided(DecisionOutcome.DECISION_OUTCOME_CLEAR));
    assertThat(books.allowance(payer, device)).isZero();
    assertThat(books.available(payer)).isEqualTo(6_500);
  }

  @Test
  void aTapWithoutMoneyIsRefusedWithTheReason() {
    String payer = Pays.payerWith(100);
    Tap tap = Taps.tap(payer, Taps.freshDevice(), 1, "m1", 101);
    taps.deliver(tap.decided(DecisionOutcome.DECISION_OUTCOME_CLEAR));
    assertThat(
            books.texts(
                """
                SELECT state || ' ' || (reasons -> 0 ->> 'rule') FROM payment_change
                WHERE payment_id = ? ORDER BY revision DESC LIMIT 1
                """,
                tap.paymentId()))
        .containsExactly("refused insufficient_funds");
    assertThat(books.available(payer)).isEqualTo(100);
  }

  @Test
  void manyTapsOfManyPayersClearInOneTransaction() {
    List<Tap> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String payer = Pays.payerWith(1_000);
      String device = Taps.freshDevice();
      for (int counter = 1; counter <= 5; counter++) {
        all.add(Taps.tap(payer, device, counter, "m" + i % 3, 300));
      }
    }
    taps.deliverTogether(
        all.stream().map(t -> t.decided(DecisionOutcome.DECISION_OUTCOME_CLEAR)).toList());
    assertThat(all)
        .allSatisfy(tap ->
            assertThat(books.texts(STATE, tap.paymentId()))
                .containsExactly(counter(tap) <= 3 ? "cleared" : "refused"));
  }

  private static final String STATE = "SELECT state FROM payment WHERE payment_id = ?";

  private static int counter(Tap tap) {
    return Integer.parseInt(tap.serial().substring(16), 16);
  }

  @Test
  void halvesThatDisagreeAreDisputedAndMoveNoMoney() {
    String payer = Pays.payerWith(1_000);
    Tap tap = Taps.tap(payer, Taps.freshDevice(), 1, "m1", 500);
    taps.deliver(
        tap.half(TapSide.TAP_SIDE_TERMINAL), tap.half(TapSide.TAP_SIDE_WALLET, 400).build());
    assertThat(books.texts("SELECT halves_state FROM tap WHERE payment_id = ?", tap.paymentId()))
        .containsExactly("disputed");
    assertThat(
            books.texts(
                "SELECT reasons -> 0 ->> 'rule' FROM tap WHERE payment_id = ?", tap.paymentId()))
        .containsExactly("receipt_amount");
    assertThat(books.available(payer)).isEqualTo(1_000);
  }

  private static void hold(String payer, String device) {
    Grpc.clearing("seed")
        .holdAllowance(
            HoldAllowanceRequest.newBuilder()
                .setIdempotencyKey(Pays.fresh("key"))
                .setPayerId(payer)
                .setDeviceId(device)
                .setTarget(Pays.cny(ALLOWANCE))
                .build());
  }

  private static List<List<Integer>> permutations(int count) {
    List<List<Integer>> all = new ArrayList<>();
    permute(new ArrayList<>(), count, all);
    return all;
  }

  private static void permute(List<Integer> begun, int count, List<List<Integer>> all) {
    if (begun.size() == count) {
      all.add(List.copyOf(begun));
      return;
    }
    for (int i = 0; i < count; i++) {
      if (!begun.contains(i)) {
        begun.add(i);
        permute(begun, count, all);
        begun.removeLast();
      }
    }
  }
}
