package io.tallystick.sdk.wallet;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.protocol.code.PaymentCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which codes of the present seed are over, and the online code being shown.
 *
 * @param usedUpTo no moment up to and including this one is shown again; absent for a fresh seed
 * @param online absent when none is being shown
 */
public record CodeUse(@Nullable CodeMoment usedUpTo, @Nullable OnlineShown online) {
  /** Nothing shown yet. */
  public static final CodeUse NONE = new CodeUse(null, null);

  /**
   * An online code and how long it is good.
   *
   * @param code a bearer secret until then
   */
  public record OnlineShown(PaymentCode.OnlineCode code, Instant expiresAt) {
    public OnlineShown {
      requireNonNull(code, "code is null");
      requireNonNull(expiresAt, "expiresAt is null");
    }
  }

  /** This moment and all before it are over. */
  public CodeUse usedUpTo(CodeMoment moment) {
    return usedUpTo != null && !moment.isAfter(usedUpTo) ? this : new CodeUse(moment, online);
  }

  public CodeUse showing(@Nullable OnlineShown shown) {
    return new CodeUse(usedUpTo, shown);
  }
}
