package io.tallystick.notify.challenge;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A challenge and what the payer can do about it now.
///
/// @param methods ways to answer that are open to this payer
/// @param smsDelivery how far the last code is; empty when none was asked for
/// @param resendAt when another code may be asked for; empty when never
public record ChallengeDetails(
    Challenge challenge,
    Set<Challenge.Method> methods,
    Optional<String> smsDelivery,
    int sendsLeft,
    Optional<Instant> resendAt) {}
