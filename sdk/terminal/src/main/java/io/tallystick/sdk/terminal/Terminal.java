package io.tallystick.sdk.terminal;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.pack.PackStatus;
import io.tallystick.protocol.pack.TerminalPack;
import io.tallystick.protocol.wire.MalformedException;
import io.tallystick.sdk.terminal.journal.TerminalJournal;
import io.tallystick.sdk.terminal.platform.CodePayments;
import io.tallystick.sdk.terminal.platform.TapUploader;
import io.tallystick.sdk.terminal.platform.VerifyConnection;
import io.tallystick.sdk.terminal.tap.CardChannel;
import io.tallystick.sdk.terminal.tap.TapDesk;
import io.tallystick.sdk.terminal.tap.TapOutcome;
import java.time.Clock;

/**
 * One terminal.
 *
 * <pre>{@code
 * Terminal terminal = Terminal.open(identity, TerminalJournal.open(file), Clock.systemUTC());
 * try (VerifyConnection platform = VerifyConnection.open(address, credentials)) {
 *   terminal.refreshPack(platform);
 *   terminal.codePayments(platform).pay("order-1", "36…", Money.of(1250, "CNY"));
 * }
 * terminal.take(radio, Money.of(300, "CNY"));   // offline
 * }</pre>
 */
public final class Terminal implements AutoCloseable {
  private final TerminalIdentity identity;
  private final TerminalJournal journal;
  private final Clock clock;
  private final TapDesk desk;

  private Terminal(TerminalIdentity identity, TerminalJournal journal, Clock clock) {
    this.identity = requireNonNull(identity, "identity is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.desk = new TapDesk(identity, journal, clock, true);
  }

  /** A terminal with its memory. */
  public static Terminal open(TerminalIdentity identity, TerminalJournal journal, Clock clock) {
    return new Terminal(identity, journal, clock);
  }

  public TerminalIdentity identity() {
    return identity;
  }

  public TerminalJournal journal() {
    return journal;
  }

  /** Takes one tap; needs no connection. */
  public TapOutcome take(CardChannel channel, Money amount) {
    return desk.take(channel, amount);
  }

  /**
   * Fetches a pack and puts it in use if it is good.
   *
   * @return why it is not in use, or {@link PackStatus#GOOD}
   * @throws UnreachableException when the platform does not answer
   */
  public PackStatus refreshPack(VerifyConnection platform) {
    long denyListVersion =
        journal.pack().map(pack -> pack.content().denyList().version()).orElse(0L);
    return install(platform.fetchPack(denyListVersion));
  }

  /**
   * Puts a pack in use that came some other way, if it is good.
   *
   * @throws MalformedException when it is no pack
   */
  public PackStatus install(byte[] encodedPack) {
    TerminalPack pack = TerminalPack.parse(encodedPack);
    PackStatus status =
        pack.verify(
            identity.trustedRoot(), journal.pack().map(TerminalPack::content), clock.instant());
    if (status == PackStatus.GOOD) {
      journal.install(pack);
    }
    return status;
  }

  /** Code payments over this connection. */
  public CodePayments codePayments(VerifyConnection platform) {
    return new CodePayments(platform, clock);
  }

  /** Uploads of halves over this connection. */
  public TapUploader uploader(VerifyConnection platform) {
    return new TapUploader(journal, platform);
  }

  @Override
  public void close() {
    journal.close();
  }
}
