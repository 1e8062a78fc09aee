package io.tallystick.verify.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BriefMemoryTest {
  @Test
  void looksOnceForWhatItRemembers() {
    BriefMemory<String, String> memory = new BriefMemory<>(Duration.ofHours(1), 10);
    AtomicInteger looked = new AtomicInteger();

    for (int i = 0; i < 3; i++) {
      assertThat(
              memory.get(
                  "a",
                  _ -> {
                    looked.incrementAndGet();
                    return Optional.of("found");
                  }))
          .contains("found");
    }

    assertThat(looked).hasValue(1);
  }

  @Test
  void asksOnceForManyWhoMissTogether() throws Exception {
    BriefMemory<String, String> memory = new BriefMemory<>(Duration.ofHours(1), 10);
    AtomicInteger looked = new AtomicInteger();
    CountDownLatch found = new CountDownLatch(1);
    List<Thread> callers = new ArrayList<>();
    ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 100; i++) {
      callers.add(
          Thread.startVirtualThread(
              () -> memory.get("a", _ -> slowly(looked, found)).ifPresent(answers::add)));
    }
    for (Thread caller : callers) {
      while (caller.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }

    found.countDown();
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(looked).hasValue(1);
    assertThat(answers).hasSize(100).containsOnly("found");
  }

  private static Optional<String> slowly(AtomicInteger looked, CountDownLatch found) {
    looked.incrementAndGet();
    try {
      found.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return Optional.of("found");
  }

  @Test
  void remembersNothingFoundByASearchThatForgettingOvertook() {
    BriefMemory<String, String> memory = new BriefMemory<>(Duration.ofHours(1), 10);

    Optional<String> old =
        memory.get(
            "a",
            key -> {
              memory.forget(key);
              assertThat(memory.get(key, _ -> Optional.of("new"))).contains("new");
              return Optional.of("old");
            });

    assertThat(old).contains("old");
    assertThat(memory.get("a")).isEqualTo("new");
  }

  @Test
  void tellsAFailureAndLooksAgain() {
    BriefMemory<String, String> memory = new BriefMemory<>(Duration.ofHours(1), 10);

    assertThatThrownBy(() ->
            memory.get(
                "a",
                _ -> {
                  throw new IllegalStateException("away");
                }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("away");
    assertThat(memory.get("a", _ -> Optional.of("back"))).contains("back");
  }

  @Test
  void remembersNothingThatIsNotThere() {
    BriefMemory<String, String> memory = new BriefMemory<>(Duration.ofHours(1), 10);

    assertThat(memory.get("a", _ -> Optional.empty())).isEmpty();
    assertThat(memory.get("a", _ -> Optional.of("now"))).contains("now");
  }

  @Test
  void forgetsWhatIsTooOldByTheTimeItWasAskedFor() {
    BriefMemory<String, String> memory = new BriefMemory<>(Duration.ofSeconds(1), 10);

    memory.put("a", "old", System.nanoTime() - Duration.ofSeconds(2).toNanos());

    assertThat(memory.get("a")).isNull();
  }

  @Test
  void forgetsTheEldestBeyondItsBound() {
    BriefMemory<Integer, String> memory = new BriefMemory<>(Duration.ofHours(1), 2);
    for (int i = 0; i < 3; i++) {
      memory.put(i, "x", System.nanoTime());
    }

    assertThat(memory.get(0)).isNull();
    assertThat(memory.get(2)).isEqualTo("x");
  }
}
