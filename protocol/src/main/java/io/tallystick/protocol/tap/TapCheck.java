package io.tallystick.protocol.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.deny.DenyList;
import io.tallystick.protocol.model.Counter;
import java.time.Instant;
import java.util.Optional;

/**
 * What a token is checked against.
 *
 * @param place where it is checked
 * @param now of the verifier's clock
 * @param request the token should answer, if the verifier made one
 * @param denyList to look in, if there is one
 * @param lastCounter of this device that the verifier has seen, if any
 * @param limits of the verifier
 */
public record TapCheck(
    Place place,
    Instant now,
    Optional<TapRequest> request,
    Optional<DenyList> denyList,
    Optional<Counter> lastCounter,
    TapLimits limits) {

  /** Where a token is checked. */
  public enum Place {
    /** While the wallet is held to the terminal: dates are checked against {@code now}. */
    TERMINAL,
    /**
     * Later, on the platform: dates are checked against the token's creation, its age against now.
     */
    PLATFORM
  }

  public TapCheck {
    requireNonNull(place, "place is null");
    requireNonNull(now, "now is null");
    requireNonNull(request, "request is null");
    requireNonNull(denyList, "denyList is null");
    requireNonNull(lastCounter, "lastCounter is null");
    requireNonNull(limits, "limits is null");
  }

  /** A terminal's check of the answer to its request. */
  public static TapCheck atTerminal(Instant now, TapRequest request, TapLimits limits) {
    return new TapCheck(
        Place.TERMINAL, now, Optional.of(request), Optional.empty(), Optional.empty(), limits);
  }

  /** The platform's check of an uploaded token. */
  public static TapCheck onPlatform(Instant now, TapLimits limits) {
    return new TapCheck(
        Place.PLATFORM, now, Optional.empty(), Optional.empty(), Optional.empty(), limits);
  }

  public TapCheck withDenyList(DenyList list) {
    return new TapCheck(place, now, request, Optional.of(list), lastCounter, limits);
  }

  /** Counters up to this one were seen before. */
  public TapCheck withLastCounter(Counter counter) {
    return new TapCheck(place, now, request, denyList, Optional.of(counter), limits);
  }

  /** The moment at which certificate and authorisation have to be good. */
  Instant validityMoment(TapToken token) {
    return switch (place) {
      case TERMINAL -> now;
      case PLATFORM -> token.body().createdAt();
    };
  }
}
