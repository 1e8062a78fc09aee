package io.tallystick.sdk.terminal.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.Nonce;
import io.tallystick.protocol.pack.TerminalPack;
import io.tallystick.protocol.tap.Receipt;
import io.tallystick.protocol.tap.ReceiptStatement;
import io.tallystick.protocol.tap.TapCheck;
import io.tallystick.protocol.tap.TapCover;
import io.tallystick.protocol.tap.TapFailure;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.tap.TapLimits;
import io.tallystick.protocol.tap.TapReader;
import io.tallystick.protocol.tap.TapRefusal;
import io.tallystick.protocol.tap.TapRequest;
import io.tallystick.protocol.tap.TapStatus;
import io.tallystick.protocol.tap.TapStep;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.protocol.tap.TapTokenVerifier;
import io.tallystick.protocol.tap.TerminalDecision;
import io.tallystick.sdk.terminal.TerminalIdentity;
import io.tallystick.sdk.terminal.journal.TerminalJournal;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes taps, one at a time. */
public final class TapDesk {
  /** Authorisations whose signatures are remembered: the regular customers. */
  private static final int REMEMBERED_AUTHORISATIONS = 10_000;

  /** By which the clock may be behind the latest time noted: a clock that is set right. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);

  /** Longest exchange; the largest token needs nine responses. */
  private static final int MAX_STEPS = 32;

  private final TerminalIdentity identity;
  private final TerminalJournal journal;
  private final Clock clock;
  private final boolean extendedLength;
  private final SecureRandom random = new SecureRandom();
  private @Nullable Checker checker;

  /** The verifier of one pack, with what it remembers. */
  private record Checker(TerminalPack pack, TapTokenVerifier verifier) {
    static Checker of(TerminalPack pack) {
      return new Checker(
          pack, new TapTokenVerifier(pack.authorisationVerifier(REMEMBERED_AUTHORISATIONS)));
    }
  }

  /** What the terminal found while the wallet waited. */
  private static final class Finding {
    @Nullable TapStatus status;
    @Nullable TapHalf half;
  }

  /**
   * @param extendedLength whether the reader passes extended-length APDUs
   */
  public TapDesk(
      TerminalIdentity identity, TerminalJournal journal, Clock clock, boolean extendedLength) {
    this.identity = requireNonNull(identity, "identity is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.extendedLength = extendedLength;
  }

  /** Takes one tap over this amount. */
  public synchronized TapOutcome take(CardChannel channel, Money amount) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Optional<TerminalPack> pack = journal.pack();
    if (pack.isEmpty()) {
      return new TapOutcome.NotReady(TapOutcome.Unreadiness.NO_PACK);
    }
    Optional<TapLimits> limits = pack.get().content().policy().limitsFor(amount.currency());
    Optional<TapOutcome.Unreadiness> unready = unreadiness(pack.get(), limits, now);
    if (unready.isPresent()) {
      return new TapOutcome.NotReady(unready.get());
    }
    TapRequest request =
        new TapRequest(
            identity.merchant(),
            identity.terminal(),
            amount,
            Nonce.generate(random),
            now,
            journal.head());
    return exchange(channel, request, pack.get(), limits.orElseThrow());
  }

  /** The ordered guards before a wallet is asked anything. */
  private Optional<TapOutcome.Unreadiness> unreadiness(
      TerminalPack pack, Optional<TapLimits> limits, Instant now) {
    if (now.plus(CLOCK_TOLERANCE).isBefore(journal.latestTime())) {
      return Optional.of(TapOutcome.Unreadiness.CLOCK_WENT_BACK);
    }
    if (pack.content().policy().isTooOld(pack.content().denyList(), now)) {
      return Optional.of(TapOutcome.Unreadiness.DENY_LIST_TOO_OLD);
    }
    if (limits.isEmpty()) {
      return Optional.of(TapOutcome.Unreadiness.CURRENCY_NOT_TAKEN);
    }
    return journal.isFull() ? Optional.of(TapOutcome.Unreadiness.JOURNAL_FULL) : Optional.empty();
  }

  private TapOutcome exchange(
      CardChannel channel, TapRequest request, TerminalPack pack, TapLimits limits) {
    Finding finding = new Finding();
    TapReader reader =
        new TapReader(
            request,
            NetworkProfile.DEFAULT,
            extendedLength,
            token -> decide(token, request, pack, limits, finding));
    TapStep step = reader.start();
    for (int steps = 0; step instanceof TapStep.Send && steps < MAX_STEPS; steps++) {
      step = transmit(channel, reader, ((TapStep.Send) step).apdu());
    }
    if (step instanceof TapStep.Send) {
      step = reader.connectionLost(); // A card that never comes to an end.
    }
    if (step instanceof TapStep.Finished finished) {
      return outcome(finding, finished);
    }
    TapStep.Failed failed = (TapStep.Failed) step;
    return new TapOutcome.Failed(
        failed.failure(),
        failed.failure() == TapFailure.WALLET_REFUSED
            ? TapRefusal.of(failed.statusWord())
            : Optional.empty());
  }

  private static TapStep transmit(CardChannel channel, TapReader reader, byte[] apdu) {
    byte[] response;
    try {
      response = channel.transmit(apdu);
    } catch (IOException gone) {
      return reader.connectionLost();
    }
    return reader.next(response);
  }

  private static TapOutcome outcome(Finding finding, TapStep.Finished finished) {
    TapHalf half = finding.half;
    if (half != null) {
      return new TapOutcome.Accepted(half, half.token().cover(), finished.receiptDelivered());
    }
    return new TapOutcome.Refused(requireNonNull(finding.status, "the token was decided on"));
  }

  /** Checks, decides, and has its half on disk before the wallet hears of it. */
  private Receipt decide(
      TapToken token, TapRequest request, TerminalPack pack, TapLimits limits, Finding finding) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    TapCheck check =
        TapCheck.atTerminal(now, request, limits).withDenyList(pack.content().denyList());
    Optional<Counter> last = journal.lastCounter(token.deviceId());
    TapStatus status =
        checker(pack).verifier().verify(token, last.map(check::withLastCounter).orElse(check));
    finding.status = status;
    TerminalDecision decision = decision(status, token);
    Receipt receipt =
        Receipt.sign(
            ReceiptStatement.about(
                token,
                decision,
                now,
                identity.receiptKey().publicKey(),
                Optional.of(pack.content().denyList())),
            identity.receiptKey(),
            random);
    if (status == TapStatus.GOOD) {
      TapHalf half = TapHalf.ofTerminal(token, receipt);
      journal.keep(half);
      finding.half = half;
    } else if (answersOurRequest(status)) {
      journal.noteRefused(token.serial(), receipt.statement().terminalHead());
    }
    return receipt;
  }

  private static TerminalDecision decision(TapStatus status, TapToken token) {
    if (status != TapStatus.GOOD) {
      return TerminalDecision.REFUSED;
    }
    return token.cover() == TapCover.GUARANTEED
        ? TerminalDecision.ACCEPTED
        : TerminalDecision.ACCEPTED_AT_RISK;
  }

  /** Whether the device really signed an answer to this request: then it has a place in the log. */
  private static boolean answersOurRequest(TapStatus status) {
    return status.compareTo(TapStatus.TERMINAL_HEAD_MISMATCH) > 0
        && status != TapStatus.COUNTER_REPLAYED;
  }

  private Checker checker(TerminalPack pack) {
    Checker current = checker;
    if (current == null || !current.pack().equals(pack)) {
      current = Checker.of(pack);
      checker = current;
    }
    return current;
  }
}
