package io.tallystick.sdk.wallet.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.log.TapLog;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.sdk.wallet.Enrolment;
import io.tallystick.sdk.wallet.KeptTap;
import io.tallystick.sdk.wallet.TestIssuer;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.Wallet.Change;
import io.tallystick.sdk.wallet.WalletStore;
import io.tallystick.sdk.wallet.WalletTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills real wallets in the middle of taps: from outside at random moments, and from inside right
 * before and right after a save. What had left the wallet by then must be in it afterwards.
 */
class KilledWalletIT {
  private static final long SEED = 20260301;
  private static final int ROUNDS = 16;

  @TempDir Path folder;

  @Test
  void neverUsesACounterTwiceAndLosesNoHalf() throws Exception {
    Path file = folder.resolve("wallet.json");
    enrol(file);
    Random random = new Random(SEED);
    Map<String, TapToken> released = new HashMap<>();
    int killed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Process child = start(file, crashPoint(random, round));
      for (TapToken token : readUntilItEnds(child, random, round)) {
        TapToken other = released.put(token.serial().toString(), token);
        assertThat(other).as("a counter used twice").isNull();
      }
      killed += child.exitValue() == 0 ? 0 : 1;
      checkWallet(file, released);
    }
    assertThat(killed).isEqualTo(ROUNDS);
    assertThat(released).hasSizeGreaterThan(ROUNDS);
  }

  /** Every other round dies by itself at a chosen save; the others are killed from outside. */
  private static String crashPoint(Random random, int round) {
    if (round % 2 == 0) {
      return "never";
    }
    return (random.nextBoolean() ? "before:" : "after:") + (1 + random.nextInt(12));
  }

  private static Process start(Path file, String crashPoint) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            TappingWallet.class.getName(),
            file.toString(),
            crashPoint)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<TapToken> readUntilItEnds(Process child, Random random, int round)
      throws IOException, InterruptedException {
    int linesBeforeKill = 1 + random.nextInt(40);
    List<TapToken> tokens = new ArrayList<>();
    try (BufferedReader lines = child.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.endsWith(".")) {
          // The process died while it wrote this line, so nobody has the whole token.
          break;
        }
        tokens.add(TapToken.parse(HexFormat.of().parseHex(line.substring(0, line.length() - 1))));
        if (round % 2 == 0 && tokens.size() == linesBeforeKill) {
          Thread.sleep(0, random.nextInt(999_999));
          // Unlike Process, the handle leaves what was already written readable.
          child.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return tokens;
  }

  private static void checkWallet(Path file, Map<String, TapToken> released) {
    try (WalletStore store = FileWalletStore.open(file)) {
      List<KeptTap> kept = store.load().orElseThrow().taps();
      assertThat(kept.stream().map(KeptTap::token).toList())
          .as("every token that left the wallet is kept in it")
          .containsAll(released.values());
      assertThat(kept.stream().map(KeptTap::serial).distinct().count()).isEqualTo(kept.size());
      assertThat(
              TapLog.leadsTo(
                  LogHead.GENESIS,
                  kept.stream().map(tap -> tap.token().digest()).toList(),
                  store.load().orElseThrow().tapUse().logHead()))
          .as("the log leads through every tap")
          .isTrue();
    }
  }

  private static void enrol(Path file) {
    Enrolment enrolment =
        new TestIssuer().enrol(10_000_000, 255, Instant.now().plus(Duration.ofDays(1)));
    try (Wallet wallet = Wallet.open(FileWalletStore.open(file), WalletTime.ofHost())) {
      wallet.update(state -> new Change<>(state.enrolled(enrolment), true));
    }
  }
}
