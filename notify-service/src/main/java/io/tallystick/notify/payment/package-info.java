/// Listens to payments and turns what happened into challenges, inbox items and webhooks.
///
/// Invariants: every change of a payment is told once, to the payer and to the merchant, whatever
/// the order and number of deliveries; a challenge is made only from the newest known state of a
/// payment, and withdrawn when a newer state does not wait for the payer. All effects of an event
/// are in the transaction of its inbox row, under the payer's lock. Called by the service-kit's
/// consumers only.
@NullMarked
package io.tallystick.notify.payment;

import org.jspecify.annotations.NullMarked;
