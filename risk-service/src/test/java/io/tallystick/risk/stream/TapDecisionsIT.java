package io.tallystick.risk.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.common.v1.Place;
import io.tallystick.api.events.v1.ChallengeOutcome;
import io.tallystick.api.events.v1.DecisionOutcome;
import io.tallystick.api.events.v1.TapDecided;
import io.tallystick.api.events.v1.TapReceived;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.event.Event;
import io.tallystick.kit.event.EventHandler;
import io.tallystick.risk.RiskPlatform;
import io.tallystick.risk.decision.Decision;
import io.tallystick.risk.postgres.DecisionTable;
import io.tallystick.risk.rule.Finding;
import io.tallystick.risk.rule.Judgement;
import io.tallystick.risk.rule.RuleName;
import io.tallystick.risk.thresholds.RuleBooks;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What the handlers do in their transactions, on the real database.
@QuarkusTest
@RiskPlatform
class TapDecisionsIT {
  @Inject Database database;
  @Inject TokensHandler tokens;
  @Inject DevicesHandler devices;
  @Inject PaymentsHandler payments;
  @Inject ChallengesHandler challenges;
  @Inject RuleBooks ruleBooks;

  private final TapEvents payer = new TapEvents();

  private void handle(EventHandler handler, Message... messages) {
    List<Event> events = Arrays.stream(messages).map(payer::event).toList();
    database.useTransaction(handle -> handler.handleBatch(handle, events));
  }

  private List<TapDecided> published(TapEvents of) {
    return database.read(handle ->
        handle
            .createQuery(
                "select payload from outbox where partition_key = :payer and type = 'TapDecided' order by id")
            .bind("payer", of.payerId)
            .map((row, _) -> decided(row.getBytes(1)))
            .list());
  }

  private static TapDecided decided(byte[] payload) {
    try {
      return TapDecided.parseFrom(payload);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private Decision decision(TapReceived.Builder tap) {
    return database.read(handle -> DecisionTable.find(handle, tap.getPaymentId()).orElseThrow());
  }

  private List<RuleName> reasons(TapReceived.Builder tap) {
    return decision(tap).judgement().reasons().stream().map(Finding::rule).toList();
  }

  @Test
  void freezesTheThirdTapOfTenSecondsAndNamesAllThree() {
    TapReceived first = payer.tap(1, 0).build();
    TapReceived second = payer.tap(2, 4).build();
    TapReceived third = payer.tap(3, 9).build();
    handle(devices, payer.enrolled());
    handle(tokens, first);
    handle(tokens, second);
    handle(tokens, third);

    List<TapDecided> decided = published(payer);

    assertThat(decided)
        .extracting(TapDecided::getOutcome)
        .containsExactly(
            DecisionOutcome.DECISION_OUTCOME_CLEAR,
            DecisionOutcome.DECISION_OUTCOME_CLEAR,
            DecisionOutcome.DECISION_OUTCOME_FREEZE);
    TapDecided frozen = decided.getLast();
    assertThat(frozen.getSerial()).isEqualTo(third.getSerial());
    assertThat(frozen.getAmount()).isEqualTo(third.getAmount());
    assertThat(frozen.getTappedAt().getSeconds()).isEqualTo(third.getTappedAt().getSeconds());
    assertThat(frozen.getReasonsList())
        .singleElement()
        .satisfies(reason -> {
          assertThat(reason.getRule()).isEqualTo("frequency");
          assertThat(reason.getInputsMap()).containsEntry("madeTapsIn10Seconds", "3");
          assertThat(reason.getThresholdsMap()).containsEntry("mostTapsIn10Seconds", "2");
          assertThat(reason.getPaymentIdsList())
              .containsExactly(first.getPaymentId(), second.getPaymentId(), third.getPaymentId());
        });
  }

  @Test
  void tapsOfOneBatchSeeEachOtherInTheOrderInWhichTheyWereReceived() {
    TapReceived first = payer.tap(1, 0).build();
    TapReceived second = payer.tap(2, 4).build();
    TapReceived third = payer.tap(3, 9).build();
    handle(tokens, third, first, second);

    assertThat(published(payer))
        .extracting(TapDecided::getPaymentId)
        .containsExactly(first.getPaymentId(), second.getPaymentId(), third.getPaymentId());
    assertThat(published(payer).getLast().getOutcome())
        .isEqualTo(DecisionOutcome.DECISION_OUTCOME_FREEZE);
  }

  @Test
  void theSecondHalfAndRepeatsChangeNothing() {
    TapReceived first = payer.tap(1, 0).build();
    TapReceived secondHalf = first.toBuilder().setLate(true).setMissingCounters(99).build();
    handle(tokens, first, first, secondHalf);
    handle(tokens, secondHalf);
    handle(tokens, first);

    assertThat(published(payer)).hasSize(1);
    assertThat(decision(first.toBuilder()).observation().tap())
        .satisfies(tap -> assertThat(tap.missingCounters()).isZero());
  }

  /// Without the lock of the payer's row several would see only one other tap.
  @Test
  void concurrentTapsOfOnePayerNeverMissEachOther() throws Exception {
    for (int round = 0; round < 5; round++) {
      TapEvents one = new TapEvents();
      CountDownLatch begin = new CountDownLatch(1);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> handled = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
          TapReceived tap = one.tap(i, i).build();
          handled.add(
              threads.submit(() -> {
                begin.await();
                database.useTransaction(handle -> tokens.handle(handle, one.event(tap)));
                return tap;
              }));
        }
        begin.countDown();
        for (Future<?> each : handled) {
          each.get();
        }
      }
      assertThat(
              published(one).stream()
                  .filter(d -> d.getReasonsList().stream().noneMatch(TapDecisionsIT::isFrequency)))
          .as("taps that frequency lets pass")
          .hasSize(2);
    }
  }

  private static boolean isFrequency(io.tallystick.api.common.v1.Reason reason) {
    return reason.getRule().equals("frequency");
  }

  @Test
  void freezesTheSameNumberInEveryArrivalOrder() {
    Random random = new Random(11);
    for (int run = 0; run < 12; run++) {
      TapEvents one = new TapEvents();
      List<TapReceived> taps =
          new ArrayList<>(
              IntStream.rangeClosed(1, 5).mapToObj(i -> one.tap(i, 2L * i).build()).toList());
      Collections.shuffle(taps, random);
      for (TapReceived tap : taps) {
        // The server's time follows the order of arrival.
        database.useTransaction(handle -> tokens.handle(handle, one.event(tap)));
      }

      List<TapDecided> decided = published(one);
      assertThat(decided)
          .extracting(TapDecided::getPaymentId)
          .containsExactlyElementsOf(taps.stream().map(TapReceived::getPaymentId).toList());
      assertThat(decided)
          .extracting(d -> d.getReasonsList().stream().anyMatch(TapDecisionsIT::isFrequency))
          .containsExactly(false, false, true, true, true);
    }
  }

  @Test
  void freezesATapFarFromTheOneBeforeWhicheverComesFirst() {
    TapReceived home = payer.tap(1, 0).build();
    TapReceived.Builder away =
        payer
            .tap(2, 60)
            .setTerminalPlace(
                Place.newBuilder().setLatitudeDegrees(31.23).setLongitudeDegrees(121.47));
    handle(devices, payer.enrolled());
    handle(tokens, away.build());
    handle(tokens, home);

    assertThat(reasons(away)).isEmpty();
    assertThat(reasons(home.toBuilder())).containsExactly(RuleName.SPEED);
    assertThat(decision(home.toBuilder()).judgement().reasons().getFirst().paymentIds())
        .containsExactly(away.getPaymentId(), home.getPaymentId());
  }

  @Test
  void checksTheAllowanceAgainstTheNeighboursByCounter() {
    TapReceived.Builder first = payer.tap(1, 0);
    TapReceived.Builder second = payer.tap(2, 60);
    TapReceived.Builder third = payer.tap(3, 120).setAllowanceLeftMinor(99_000);
    handle(devices, payer.enrolled());
    handle(tokens, first.build());
    handle(tokens, third.build());
    handle(tokens, second.build());

    assertThat(reasons(first)).isEmpty();
    assertThat(reasons(third)).as("more than the first left").contains(RuleName.ALLOWANCE);
    assertThat(reasons(second)).as("doesn't fit the third").contains(RuleName.ALLOWANCE);
  }

  @Test
  void doubtsOtherTapsOfADeviceThatSpentTwiceAndNotTheOneThatStands() {
    TapReceived.Builder stands = payer.tap(1, 0);
    TapReceived.Builder other = payer.tap(2, 60);
    handle(tokens, payer.conflict(1));
    handle(tokens, stands.build());
    handle(tokens, other.build());

    assertThat(reasons(stands)).isEmpty();
    assertThat(reasons(other)).containsExactly(RuleName.DOUBLE_SPEND);
    assertThat(
            database.<Integer, RuntimeException>read(handle ->
                handle
                    .createQuery("select double_spends from payer_profile where payer_id = :p")
                    .bind("p", payer.payerId)
                    .mapTo(Integer.class)
                    .one()))
        .isEqualTo(1);
  }

  @Test
  void aPassedChallengeVouchesForTheBurst() {
    for (int i = 1; i <= 3; i++) {
      handle(tokens, payer.tap(i, i).build());
    }
    TapReceived.Builder fourth = payer.tap(4, 4);
    TapReceived.Builder fifth = payer.tap(5, 5);
    TapReceived.Builder sixth = payer.tap(6, 6);
    String frozen = published(payer).getLast().getPaymentId();
    handle(challenges, payer.ended(frozen, ChallengeOutcome.CHALLENGE_OUTCOME_PASSED));
    handle(tokens, fourth.build(), fifth.build());
    handle(tokens, sixth.build());

    assertThat(reasons(fourth)).isEmpty();
    assertThat(reasons(fifth)).isEmpty();
    assertThat(reasons(sixth)).containsExactly(RuleName.FREQUENCY);
  }

  @Test
  void aPassedChallengeSetsTheSameCauseAsideAndIsNamed() {
    TapReceived.Builder first = payer.tap(9, 0).setMissingCounters(8);
    TapReceived.Builder second = payer.tap(19, 60).setMissingCounters(17);
    handle(tokens, first.build());
    handle(
        challenges, payer.ended(first.getPaymentId(), ChallengeOutcome.CHALLENGE_OUTCOME_PASSED));
    handle(tokens, second.build());

    assertThat(reasons(first)).containsExactly(RuleName.COUNTER_GAP);
    assertThat(reasons(second)).isEmpty();
    assertThat(decision(second).judgement().findings())
        .filteredOn(finding -> finding.waivedBy() != null)
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.rule()).isEqualTo(RuleName.COUNTER_GAP);
          assertThat(finding.waivedBy()).isEqualTo(first.getPaymentId());
        });
  }

  @Test
  void aFailedChallengeRaisesCautionUntilOneIsPassed() {
    TapReceived.Builder first = payer.tap(1, 0).setAmount(TapEvents.money(9_000));
    TapReceived.Builder second = payer.tap(2, 60).setAmount(TapEvents.money(9_000));
    handle(challenges, payer.ended("pay_x", ChallengeOutcome.CHALLENGE_OUTCOME_FAILED));
    handle(tokens, first.build());
    handle(
        challenges,
        payer.ended("pay_x", ChallengeOutcome.CHALLENGE_OUTCOME_EXPIRED),
        payer.ended("pay_y", ChallengeOutcome.CHALLENGE_OUTCOME_PASSED).toBuilder()
            .setEndedAt(TapEvents.at(payer.start.plusSeconds(140)))
            .build());
    handle(tokens, second.build());

    assertThat(reasons(first)).contains(RuleName.CAUTION);
    assertThat(reasons(second)).doesNotContain(RuleName.CAUTION);
  }

  @Test
  void onlyMoneyThatMovedMakesAHabit() {
    for (int i = 0; i < 5; i++) {
      handle(payments, payer.changed("pay_" + payer.payerId + i, "paid", 2, 2_000));
      // An attack that failed: first held, then returned; and old news that comes late.
      String attack = "tap_" + payer.payerId + i;
      handle(
          payments,
          payer.changed(attack, "cleared", 2, 900_000),
          payer.changed(attack, "returned", 3, 900_000),
          payer.changed(attack, "frozen", 1, 900_000));
      handle(payments, payer.changed(attack, "cleared", 2, 900_000));
    }
    TapReceived.Builder jump = payer.tap(1, 0).setAmount(TapEvents.money(60_000));
    handle(tokens, jump.build());

    assertThat(reasons(jump)).contains(RuleName.AMOUNT);
    assertThat(decision(jump).history().amounts())
        .hasSize(5)
        .allSatisfy(amount -> assertThat(amount.movedMinor()).isEqualTo(2_000));
  }

  @Test
  void aRefundTakesItsPartOffTheHabit() {
    handle(
        payments,
        payer.changed("pay_" + payer.payerId, "refunded", 3, 2_000).toBuilder()
            .setRefunded(TapEvents.money(500))
            .build());
    TapReceived.Builder tap = payer.tap(1, 0);
    handle(tokens, tap.build());

    assertThat(decision(tap).history().amounts())
        .singleElement()
        .satisfies(amount -> assertThat(amount.movedMinor()).isEqualTo(1_500));
  }

  /// What is stored is enough to judge again: the same rule book finds the same.
  @Test
  void aStoredDecisionCanBeReplayed() {
    handle(devices, payer.enrolled());
    for (int i = 1; i <= 4; i++) {
      handle(tokens, payer.tap(i, i).setMissingCounters(i).build());
    }
    for (TapDecided decided : published(payer)) {
      Decision stored =
          database.read(handle -> DecisionTable.find(handle, decided.getPaymentId()).orElseThrow());
      Judgement again =
          ruleBooks.current().ruleBook().judge(stored.observation(), stored.history());

      assertThat(again).isEqualTo(stored.judgement());
      assertThat(stored.thresholdsVersion()).isEqualTo(ruleBooks.current().version());
    }
  }
}
