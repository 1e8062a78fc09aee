package io.tallystick.sdk.wallet.code;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.protocol.code.PaymentCode;
import java.time.Instant;

/** What a wallet can show when it is asked for a code. */
public sealed interface CodeView {
  /** A code to show. */
  sealed interface Shown extends CodeView {
    PaymentCode code();

    /** The first moment at which another one has to be shown. */
    Instant showUntil();
  }

  /** Made by the server, good once. */
  record Online(PaymentCode.OnlineCode code, Instant showUntil) implements Shown {
    public Online {
      requireNonNull(code, "code is null");
      requireNonNull(showUntil, "showUntil is null");
    }
  }

  /**
   * Derived here.
   *
   * @param moment minute and refresh index it was derived for
   */
  record Offline(PaymentCode.OfflineCode code, CodeMoment moment, Instant showUntil)
      implements Shown {
    public Offline {
      requireNonNull(code, "code is null");
      requireNonNull(moment, "moment is null");
      requireNonNull(showUntil, "showUntil is null");
    }
  }

  /**
   * Every code of this minute is over.
   *
   * @param retryAt when there will be another
   */
  record Exhausted(Instant retryAt) implements CodeView {
    public Exhausted {
      requireNonNull(retryAt, "retryAt is null");
    }
  }

  /**
   * The seed has expired; the wallet has to renew.
   *
   * @param expiredAt when it did
   */
  record SeedExpired(Instant expiredAt) implements CodeView {
    public SeedExpired {
      requireNonNull(expiredAt, "expiredAt is null");
    }
  }

  /** The wallet has no seed yet, or none any more. */
  record NotEnrolled() implements CodeView {}
}
