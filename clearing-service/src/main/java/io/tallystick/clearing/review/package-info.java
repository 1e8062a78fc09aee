/// Risk officers' decisions about payments that wait for their payer: release the money to the
/// merchant, or return it.
///
/// Invariants: a decision is an officer's own and is never changed; an officer has one about a
/// payment, so that the two that an amount above the limit needs are two people's; a payment is
/// moved in the transaction of the decision that completes the number, under the same lock as the
/// end of its challenge, and only while it waits: whichever is first counts. Called over REST; the
/// challenge is withdrawn by notify-service when it hears of the change. ADR 0016.
@NullMarked
package io.tallystick.clearing.review;

import org.jspecify.annotations.NullMarked;
