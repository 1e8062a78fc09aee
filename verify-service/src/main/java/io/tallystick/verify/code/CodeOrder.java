package io.tallystick.verify.code;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.TerminalId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An order as it is stored.
///
/// @param paymentId the payment it is, `pay_<UUIDv7>`
/// @param terminal that presented it, or reversed it first
/// @param request absent for the mark a reversal left, until the payment it was for arrives
/// @param payable absent when the code matched nothing
/// @param mustStepUp the guess limits demand the payer's challenge
/// @param claim who works on it while it is authorising
/// @param revision of clearing-service's last word on it; 0 before there is one
/// @param receivedAt when it was first presented
public record CodeOrder(
    OrderKey key,
    String paymentId,
    TerminalId terminal,
    @Nullable OrderRequest request,
    CodeMatch.@Nullable Payable payable,
    boolean mustStepUp,
    OrderState state,
    Claim claim,
    int revision,
    Instant receivedAt) {
  public CodeOrder {
    requireNonNull(key, "key is null");
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(terminal, "terminal is null");
    requireNonNull(state, "state is null");
    requireNonNull(claim, "claim is null");
    requireNonNull(receivedAt, "receivedAt is null");
  }

  /// One worker at a time takes an authorising order on; another may when the claim has run out.
  ///
  /// @param attempt counts the claims from 1; what an earlier one still writes is ignored
  /// @param until end of the claim
  public record Claim(int attempt, Instant until) {
    public Claim {
      requireNonNull(until, "until is null");
      if (attempt < 0) {
        throw new IllegalArgumentException("attempt is negative: " + attempt);
      }
    }

    public boolean isOver(Instant now) {
      return !now.isBefore(until);
    }
  }

  public boolean isAuthorising() {
    return state instanceof OrderState.Authorising;
  }

  public CodeOrder with(OrderState next, int nextRevision) {
    return new CodeOrder(
        key,
        paymentId,
        terminal,
        request,
        payable,
        mustStepUp,
        next,
        claim,
        nextRevision,
        receivedAt);
  }

  /// Of an order that is being authorised: its code matched, so both are there.
  public OrderRequest knownRequest() {
    return requireNonNull(request, "an order that was presented has its request");
  }

  /// As [#knownRequest].
  public CodeMatch.Payable knownPayable() {
    return requireNonNull(payable, "an order whose code matched has its payer");
  }
}
