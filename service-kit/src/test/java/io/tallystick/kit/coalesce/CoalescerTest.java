package io.tallystick.kit.coalesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.kit.Eventually;
import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.error.ErrorCode;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CoalescerTest {
  private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();

  /// Holds the drainer until the queue is as the test wants it.
  private final CountDownLatch gate = new CountDownLatch(1);

  @Test
  void executesWhatIsInFlightTogetherAsOneBatch() {
    try (Coalescer<Integer, String> coalescer = held(Limits.of(100, 10, 1), all -> answers(all))) {
      List<CompletableFuture<String>> answers = submitAll(coalescer, 0, 24);
      gate.countDown();
      assertThat(answers).extracting(CompletableFuture::join).startsWith("0", "1").endsWith("23");
      assertThat(batches).extracting(List::size).containsExactly(1, 10, 10, 3);
    }
  }

  @Test
  void doesNotWaitForMoreToCome() {
    gate.countDown();
    try (Coalescer<Integer, String> coalescer = held(Limits.of(100, 10, 1), all -> answers(all))) {
      assertThat(coalescer.call(7)).isEqualTo("7");
      assertThat(batches).containsExactly(List.of(7));
    }
  }

  @Test
  void onePoisonRequestFailsAlone() {
    Function<List<Integer>, List<String>> poisoned =
        all -> {
          if (all.contains(3)) {
            throw new IllegalStateException("poison");
          }
          return answers(all);
        };
    try (Coalescer<Integer, String> coalescer = held(Limits.of(100, 10, 1), poisoned)) {
      List<CompletableFuture<String>> answers = submitAll(coalescer, 0, 6);
      gate.countDown();
      assertThatThrownBy(answers.get(3)::join).hasRootCauseMessage("poison");
      answers.remove(3);
      assertThat(answers)
          .extracting(CompletableFuture::join)
          .containsExactly("0", "1", "2", "4", "5");
    }
  }

  @Test
  void failureThatPassesByItselfIsNotTriedOneByOne() {
    Function<List<Integer>, List<String>> away =
        all -> {
          if (all.equals(List.of(0))) {
            return answers(all);
          }
          throw new IllegalStateException(new SQLTransientConnectionException("away", "08006"));
        };
    try (Coalescer<Integer, String> coalescer = held(Limits.of(100, 10, 1), away)) {
      List<CompletableFuture<String>> answers = submitAll(coalescer, 0, 6);
      gate.countDown();
      assertThat(answers.getFirst().join()).isEqualTo("0");
      assertThatThrownBy(answers.getLast()::join).hasRootCauseMessage("away");
      assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 3, 4, 5));
    }
  }

  @Test
  void refusesMoreThanItsQueueHolds() {
    try (Coalescer<Integer, String> coalescer = held(Limits.of(3, 3, 1), all -> answers(all))) {
      List<CompletableFuture<String>> answers = submitAll(coalescer, 0, 4);
      assertThatThrownBy(() -> coalescer.submit(4))
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("full");
      assertThatThrownBy(() -> coalescer.call(4))
          .isInstanceOfSatisfying(
              ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
      gate.countDown();
      assertThat(answers).extracting(CompletableFuture::join).hasSize(4);
    }
  }

  @Test
  void closingAnswersWhatWaitsAndRefusesTheRest() {
    Coalescer<Integer, String> coalescer = held(Limits.of(100, 10, 3), all -> answers(all));
    List<CompletableFuture<String>> answers = submitAll(coalescer, 0, 50);
    Thread.ofVirtual().start(gate::countDown);
    coalescer.close();
    assertThat(answers).allMatch(CompletableFuture::isDone);
    assertThat(batches.stream().flatMap(List::stream)).hasSize(50);
    assertThatThrownBy(() -> coalescer.submit(51)).hasMessageContaining("stopping");
  }

  @Test
  void withdrawnRequestIsNotExecuted() {
    try (Coalescer<Integer, String> coalescer = held(Limits.of(100, 10, 1), all -> answers(all))) {
      List<CompletableFuture<String>> answers = submitAll(coalescer, 0, 3);
      answers.get(1).cancel(false);
      gate.countDown();
      assertThat(answers.get(2).join()).isEqualTo("2");
      assertThat(batches).containsExactly(List.of(0), List.of(2));
    }
  }

  @Test
  void callGivesUpAfterTheTimeAllowed() {
    Limits limits = new Limits(10, 10, 1, Duration.ofMillis(50));
    try (Coalescer<Integer, String> coalescer = held(limits, all -> answers(all))) {
      assertThatThrownBy(() -> coalescer.call(0))
          .isInstanceOfSatisfying(
              ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
      gate.countDown();
    }
  }

  @Test
  void letsMoreComeAfterABatchOfSeveral() {
    Limits limits = Limits.of(100, 10, 1).gathering(Duration.ofSeconds(2));
    try (Coalescer<Integer, String> coalescer = held(limits, all -> answers(all))) {
      List<CompletableFuture<String>> several = submitAll(coalescer, 0, 3);
      gate.countDown();
      several.get(2).join();
      CompletableFuture<String> next = coalescer.submit(3);
      Eventually.isTrue(() -> coalescer.waiting() == 0);
      coalescer.submit(4).join();
      assertThat(next).isDone();
      assertThat(batches).containsExactly(List.of(0), List.of(1, 2), List.of(3, 4));
    }
  }

  @Test
  void whoComesAloneWaitsForNobody() {
    Limits limits = new Limits(10, 10, 1, Duration.ofHours(2), Duration.ofHours(1));
    gate.countDown();
    try (Coalescer<Integer, String> coalescer = held(limits, all -> answers(all))) {
      for (int i = 0; i < 3; i++) {
        assertThat(coalescer.submit(i).orTimeout(30, TimeUnit.SECONDS).join())
            .isEqualTo(Integer.toString(i));
      }
    }
  }

  @Test
  void manyCallersGetTheirOwnAnswers() {
    gate.countDown();
    try (Coalescer<Integer, String> coalescer =
        held(Limits.of(10_000, 64, 4), all -> answers(all))) {
      List<CompletableFuture<String>> answers = submitAll(coalescer, 0, 5_000);
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).join()).isEqualTo(Integer.toString(i));
      }
      assertThat(batches).allMatch(batch -> batch.size() <= 64);
    }
  }

  @Test
  void refusesLimitsWithoutSense() {
    assertThatThrownBy(() -> Limits.of(0, 1, 1)).hasMessageContaining("queue");
    assertThatThrownBy(() -> Limits.of(5, 6, 1)).hasMessageContaining("batch");
    assertThatThrownBy(() -> Limits.of(5, 5, 65)).hasMessageContaining("drainers");
  }

  private Coalescer<Integer, String> held(
      Limits limits, Function<List<Integer>, List<String>> execute) {
    return new Coalescer<>(
        "test",
        limits,
        batch -> {
          await(gate);
          batches.add(batch);
          return execute.apply(batch);
        });
  }

  /// The first is submitted alone, and taken, so that what a drainer holds is known.
  private static List<CompletableFuture<String>> submitAll(
      Coalescer<Integer, String> coalescer, int from, int to) {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    answers.add(coalescer.submit(from));
    Eventually.isTrue(() -> coalescer.waiting() == 0);
    IntStream.range(from + 1, to).forEach(i -> answers.add(coalescer.submit(i)));
    return answers;
  }

  private static List<String> answers(List<Integer> requests) {
    return requests.stream().map(i -> Integer.toString(i)).toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
