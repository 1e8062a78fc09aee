/// Merchant webhooks per Standard Webhooks (https://www.standardwebhooks.com, specification 1.0).
///
/// Invariants: a delivery is queued in the transaction of what it tells of and sent after the
/// commit; it is attempted until a 2xx or until its attempts are used up; one endpoint never has
/// more than its share of attempts under way; nothing is sent to an address that the policy
/// refuses, also when the name resolves to it later; secrets are sealed. `payment` queues
/// deliveries.
@NullMarked
package io.tallystick.notify.webhook;

import org.jspecify.annotations.NullMarked;
