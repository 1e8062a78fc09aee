package io.tallystick.protocol.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.Counter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link TapBody} from a terminal's request and the wallet's statements. Counter, creation
 * time, allowance and the wallet's head have to be given; the rest has the defaults stated.
 */
public final class TapBodyBuilder {
  /** How long a terminal may accept a token unless said otherwise. */
  public static final int DEFAULT_VALIDITY_SECONDS = 60;

  private final TapRequest request;
  private @Nullable Counter counter;
  private @Nullable Instant createdAt;
  private @Nullable Long allowanceLeftMinor;
  private @Nullable LogHead walletHead;
  private int validitySeconds = DEFAULT_VALIDITY_SECONDS;
  private int tapsSinceOnline = 1;
  private BehaviourFingerprint fingerprint = BehaviourFingerprint.UNKNOWN;
  private ClockEvidence clockEvidence = ClockEvidence.NONE;
  private boolean poweredOff;

  TapBodyBuilder(TapRequest request) {
    this.request = requireNonNull(request, "request is null");
  }

  public TapBodyBuilder counter(Counter value) {
    counter = value;
    return this;
  }

  public TapBodyBuilder createdAt(Instant value) {
    createdAt = value;
    return this;
  }

  /** What is left after this tap; below zero when the hold does not cover it. */
  public TapBodyBuilder allowanceLeftMinor(long value) {
    allowanceLeftMinor = value;
    return this;
  }

  public TapBodyBuilder walletHead(LogHead value) {
    walletHead = value;
    return this;
  }

  public TapBodyBuilder validitySeconds(int value) {
    validitySeconds = value;
    return this;
  }

  /** This tap included. */
  public TapBodyBuilder tapsSinceOnline(int value) {
    tapsSinceOnline = value;
    return this;
  }

  public TapBodyBuilder fingerprint(BehaviourFingerprint value) {
    fingerprint = value;
    return this;
  }

  public TapBodyBuilder clockEvidence(ClockEvidence value) {
    clockEvidence = value;
    return this;
  }

  public TapBodyBuilder poweredOff(boolean value) {
    poweredOff = value;
    return this;
  }

  public TapBody build() {
    return new TapBody(
        request.amount(),
        request.merchant(),
        request.terminal(),
        request.nonce(),
        requireNonNull(counter, "counter is null"),
        requireNonNull(createdAt, "createdAt is null"),
        validitySeconds,
        requireNonNull(allowanceLeftMinor, "allowanceLeftMinor is null"),
        tapsSinceOnline,
        requireNonNull(walletHead, "walletHead is null"),
        request.terminalHead(),
        fingerprint,
        clockEvidence,
        poweredOff);
  }
}
