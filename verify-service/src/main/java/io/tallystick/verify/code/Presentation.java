package io.tallystick.verify.code;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.TerminalId;
import io.tallystick.verify.guess.GuessKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A code presented for an order, with seed-service's answer: what one batch row is made from.
///
/// @param paymentId the payment it becomes if the order is new
/// @param match absent when the code is not good
/// @param isAboveLimit above the largest amount of one code payment
/// @param guessKeys the counters it is judged by
/// @param claimedUntil until when the presenter works on it
/// @param at server time, in whole microseconds as PostgreSQL keeps it
public record Presentation(
    OrderKey key,
    String paymentId,
    TerminalId terminal,
    OrderRequest request,
    @Nullable CodeMatch match,
    boolean isAboveLimit,
    List<GuessKey> guessKeys,
    Instant claimedUntil,
    Instant at) {
  public Presentation {
    requireNonNull(key, "key is null");
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(terminal, "terminal is null");
    requireNonNull(request, "request is null");
    guessKeys = List.copyOf(guessKeys);
    requireNonNull(claimedUntil, "claimedUntil is null");
    requireNonNull(at, "at is null");
  }
}
