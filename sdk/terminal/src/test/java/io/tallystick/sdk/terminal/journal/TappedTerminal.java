package io.tallystick.sdk.terminal.journal;

import io.tallystick.protocol.model.Money;
import io.tallystick.sdk.terminal.Terminal;
import io.tallystick.sdk.terminal.TestPlatform;
import io.tallystick.sdk.terminal.tap.TapOutcome;
import io.tallystick.sdk.terminal.tap.TestWallet;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A process that takes taps until it is killed and prints the serial of each the moment it is
 * taken, one to a line with a full stop behind.
 */
final class TappedTerminal {
  private static final int TAPS = 400;

  private TappedTerminal() {}

  public static void main(String[] arguments) {
    TestPlatform platform = new TestPlatform();
    Clock clock = Clock.systemUTC();
    Terminal terminal =
        Terminal.open(platform.identity(), TerminalJournal.open(Path.of(arguments[0])), clock);
    terminal.install(platform.pack(1, clock.instant()).encode());
    for (int i = 0; i < TAPS; i++) {
      TestWallet wallet = new TestWallet(platform, clock);
      TapOutcome outcome = terminal.take(wallet.channel(), Money.of(100, "CNY"));
      System.out.println(((TapOutcome.Accepted) outcome).half().serial() + ".");
    }
    Runtime.getRuntime().halt(9);
  }
}
