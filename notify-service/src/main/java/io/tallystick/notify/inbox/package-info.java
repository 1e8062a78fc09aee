/// Payers' inboxes: what happened to their payments, in words.
///
/// Invariants: items of a payer are numbered from 1 without gaps and become visible in that order,
/// since the number is assigned under the payer's row lock; an item never changes; a stream sends
/// each item once, in order. `payment` adds items; payers read over REST and SSE.
@NullMarked
package io.tallystick.notify.inbox;

import org.jspecify.annotations.NullMarked;
