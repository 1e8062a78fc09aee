/// Challenges: a payer is asked to confirm one payment, by SMS code or by face.
///
/// Invariants: one challenge for each payment, bound to its id, amount and merchant; a challenge
/// ends once, and `ChallengeEnded` goes to the outbox in the transaction that ends it; whatever
/// changes a challenge holds its row lock; a try is counted in the transaction that compares the
/// code, so an answer is never given before its try is durable. Called by `payment`, `face` and the
/// REST resources. Who owns expiry and tries, and why: ADR 0008.
@NullMarked
package io.tallystick.notify.challenge;

import org.jspecify.annotations.NullMarked;
