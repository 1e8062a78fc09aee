package io.tallystick.verify.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
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
