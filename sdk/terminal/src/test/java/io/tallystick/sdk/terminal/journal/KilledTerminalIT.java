package io.tallystick.sdk.terminal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.log.TapLog;
import io.tallystick.protocol.tap.TapHalf;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills real terminals in the middle of taps: what they had called taken must be there. */
class KilledTerminalIT {
  private static final long SEED = 20260302;
  private static final int ROUNDS = 6;

  @TempDir Path folder;

  @Test
  void losesNoTapThatItTook() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      Path file = folder.resolve("till-" + round + ".journal");
      Set<String> taken =
          new HashSet<>(readThenKill(start(file), 1 + random.nextInt(25), random.nextInt(999_999)));
      assertThat(taken).isNotEmpty();
      try (TerminalJournal journal = TerminalJournal.open(file)) {
        List<TapHalf> waiting = journal.waiting();
        assertThat(waiting.stream().map(half -> half.serial().toString()).toList())
            .containsAll(taken);
        assertThat(
                TapLog.leadsTo(
                    LogHead.GENESIS,
                    waiting.stream().map(half -> half.token().digest()).toList(),
                    journal.head()))
            .isTrue();
      }
    }
  }

  private static Process start(Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xmx96m",
            "-cp",
            System.getProperty("java.class.path"),
            TappedTerminal.class.getName(),
            file.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<String> readThenKill(Process child, int lines, int nanos)
      throws IOException, InterruptedException {
    List<String> taken = new ArrayList<>();
    try (BufferedReader out = child.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.matches("[0-9a-f]{24}\\.")) {
          taken.add(line.substring(0, 24));
        }
        if (taken.size() == lines) {
          Thread.sleep(0, nanos);
          // Unlike Process, the handle leaves what was already written readable.
          child.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isNotZero();
    return taken;
  }
}
