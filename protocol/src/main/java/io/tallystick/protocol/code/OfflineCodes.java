package io.tallystick.protocol.code;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.wire.MalformedException;
import java.time.Instant;
import java.util.Optional;

/**
 * Derives offline codes from a seed and finds the moment a password belongs to. {@code T} is the
 * minute, {@code C} the refresh index, {@code Q} empty.
 */
public final class OfflineCodes {
  /** Minutes before and after the current one that are accepted. */
  public static final int MINUTES_EITHER_SIDE = 1;

  private static final int PASSWORD_DIGITS = 8;
  private static final byte[] NO_CHALLENGE = {};

  private OfflineCodes() {}

  /** The code of the default network. */
  public static PaymentCode.OfflineCode derive(
      Seed seed, Alias alias, Instant instant, int refreshIndex) {
    return derive(seed, alias, CodeMoment.at(instant, refreshIndex), CodeNetwork.DEFAULT);
  }

  public static PaymentCode.OfflineCode derive(
      Seed seed, Alias alias, CodeMoment moment, CodeNetwork network) {
    String password =
        DynamicPassword.compute(
            seed.alive(), moment.minute(), moment.refreshIndex(), NO_CHALLENGE, PASSWORD_DIGITS);
    return new PaymentCode.OfflineCode(network.offlinePrefix(), alias, password);
  }

  /**
   * The moment at which this seed gives this password, within a minute either side of the server's
   * time. All thirty candidates are computed and compared whatever the password is. Should two
   * match, which happens to about one password in three million, the later is returned, so that a
   * check for moments after the last used one never refuses a fresh code wrongly.
   */
  public static Optional<CodeMoment> match(Seed seed, String password, Instant serverTime) {
    return match(seed.alive(), password, serverTime);
  }

  /** Does the work of {@link #match} for an alias that finds no seed, and finds nothing. */
  public static Optional<CodeMoment> matchUnknownAlias(String password, Instant serverTime) {
    match(new byte[Seed.LENGTH], password, serverTime);
    return Optional.empty();
  }

  private static Optional<CodeMoment> match(byte[] key, String password, Instant serverTime) {
    if (!requireNonNull(password, "password is null").matches("[0-9]{8}")) {
      throw new MalformedException("password", "is not eight decimal digits");
    }
    int wanted = Integer.parseInt(password);
    long now = CodeMoment.minuteOf(serverTime);
    int found = -1;
    for (int candidate = 0; candidate < candidates(); candidate++) {
      int given =
          DynamicPassword.computeNumber(
              key, minute(now, candidate), refreshIndex(candidate), NO_CHALLENGE, PASSWORD_DIGITS);
      // All ones when equal, zero otherwise, without a branch on the secret.
      int equal = ((given ^ wanted) - 1) >> 31;
      found = (candidate & equal) | (found & ~equal);
    }
    return found < 0
        ? Optional.empty()
        : Optional.of(new CodeMoment(minute(now, found), refreshIndex(found)));
  }

  private static int candidates() {
    return (2 * MINUTES_EITHER_SIDE + 1) * CodeMoment.REFRESHES_PER_MINUTE;
  }

  private static long minute(long now, int candidate) {
    return now - MINUTES_EITHER_SIDE + candidate / CodeMoment.REFRESHES_PER_MINUTE;
  }

  private static int refreshIndex(int candidate) {
    return candidate % CodeMoment.REFRESHES_PER_MINUTE;
  }
}
