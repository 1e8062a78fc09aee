package io.tallystick.kit.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {
  private static final String KEY_1 = "1:00112233445566778899aabbccddeeff\n";
  private static final String KEY_2 = "2:ffeeddccbbaa99887766554433221100\n";
  private static final Function<Set<Integer>, Set<Integer>> NOTHING_NEEDED = _ -> Set.of();
  private static final Function<Set<Integer>, Set<Integer>> ALL_NEEDED = leaving -> leaving;

  @TempDir Path folder;
  private Path file;
  private KeyRing ring;

  @BeforeEach
  void open() throws IOException {
    file = folder.resolve("keys");
    write(KEY_1 + "current:1");
    ring = KeyRing.open("test", new Source(OptionalInt.empty(), null, file));
  }

  @Test
  void takesANewVersionAndWhatIsDerivedFollows() throws IOException {
    AtomicInteger derivations = new AtomicInteger();
    Supplier<Integer> current =
        ring.derive(keys -> {
          derivations.incrementAndGet();
          return keys.current();
        });
    assertThat(ring.reload(NOTHING_NEEDED)).as("nothing has changed").isFalse();
    write(KEY_1 + KEY_2 + "current:2");
    assertThat(current.get()).isEqualTo(1);
    assertThat(ring.reload(NOTHING_NEEDED)).isTrue();
    assertThat(current.get()).isEqualTo(2);
    assertThat(ring.keys().versions()).containsExactly(1, 2);
    assertThat(derivations).hasValue(2);
  }

  @Test
  void keepsAVersionThatSomethingNeeds() throws IOException {
    write(KEY_1 + KEY_2 + "current:2");
    ring.reload(NOTHING_NEEDED);
    write(KEY_2 + "current:2");
    ring.reload(ALL_NEEDED);
    assertThat(ring.keys().versions()).containsExactly(1, 2);
    assertThat(ring.heldBack()).containsExactly(1);
    ring.reload(NOTHING_NEEDED);
    assertThat(ring.keys().versions()).containsExactly(2);
    assertThat(ring.heldBack()).isEmpty();
  }

  @Test
  void aFileThatIsNotUsableChangesNothingAndIsTold() throws IOException {
    for (String bad :
        new String[] {
          "", "1:xx", KEY_2 + "current:1", "1:ffffffffffffffffffffffffffffffff\ncurrent:1"
        }) {
      write(bad);
      assertThat(ring.reload(NOTHING_NEEDED)).isFalse();
      assertThat(ring.fault()).as(bad).isPresent();
      assertThat(ring.keys().versions()).containsExactly(1);
    }
    Files.delete(file);
    ring.reload(NOTHING_NEEDED);
    assertThat(ring.fault()).get().asString().contains("cannot be read");
    write(KEY_1 + "current:1");
    ring.reload(NOTHING_NEEDED);
    assertThat(ring.fault()).isEmpty();
  }

  @Test
  void learnsAVersionThatAnotherReplicaUsedFirstAndForgetsNone() throws IOException {
    write(KEY_2 + "current:2");
    assertThat(ring.learn(2)).isTrue();
    assertThat(ring.keys().versions()).containsExactly(1, 2);
    assertThat(ring.learn(3)).isFalse();
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }
}
