package io.tallystick.clearing.review;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// One officer's decision about one payment.
///
/// @param officer subject of the officer's token
/// @param explanation why, in the officer's words; for auditors, never shown to payer or merchant
public record Review(String officer, Decision decision, String explanation, Instant decidedAt) {
  public Review {
    requireNonNull(officer, "officer is null");
    requireNonNull(decision, "decision is null");
    requireNonNull(explanation, "explanation is null");
    requireNonNull(decidedAt, "decidedAt is null");
  }
}
