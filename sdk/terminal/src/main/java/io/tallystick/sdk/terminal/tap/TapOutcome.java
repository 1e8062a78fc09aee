package io.tallystick.sdk.terminal.tap;

import io.tallystick.protocol.tap.TapCover;
import io.tallystick.protocol.tap.TapFailure;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.tap.TapRefusal;
import io.tallystick.protocol.tap.TapStatus;
import java.util.Optional;

/** What became of a tap. */
public sealed interface TapOutcome {
  /**
   * Taken: the half is on disk.
   *
   * @param half that will be uploaded
   * @param cover whether the allowance covers it
   * @param receiptDelivered whether the wallet said that it keeps the receipt
   */
  record Accepted(TapHalf half, TapCover cover, boolean receiptDelivered) implements TapOutcome {}

  /**
   * The wallet signed, the terminal said no.
   *
   * @param status the first guard that refused
   */
  record Refused(TapStatus status) implements TapOutcome {}

  /**
   * There is no token.
   *
   * @param failure why
   * @param refusal the wallet's reason, when it gave one
   */
  record Failed(TapFailure failure, Optional<TapRefusal> refusal) implements TapOutcome {}

  /**
   * The terminal takes no taps now.
   *
   * @param reason what has to be mended first
   */
  record NotReady(Unreadiness reason) implements TapOutcome {}

  /** Why a terminal takes no taps. */
  enum Unreadiness {
    /** It has never fetched a pack. */
    NO_PACK,
    /** Its deny list is older than the policy allows: it has to fetch a pack. */
    DENY_LIST_TOO_OLD,
    /** Its clock is behind a time that has certainly been. */
    CLOCK_WENT_BACK,
    /** It takes no taps in this currency. */
    CURRENCY_NOT_TAKEN,
    /** Too many halves wait for the platform: it has to upload. */
    JOURNAL_FULL
  }
}
