/// Devices: enrolment, renewal, revocation, listing; the seeds and authorisations issued to them.
///
/// Invariants: a payer has at most one live device; a device is live only when its allowance is
/// held, its seed sealed and its authorisation signed, all visible in one transaction; retiring a
/// seed wipes it and frees its alias in the transaction that retires it; whoever changes a payer's
/// devices holds the lock on the payer's row. Called by the REST and gRPC adapters and by `code`.
@NullMarked
package io.tallystick.seed.device;

import org.jspecify.annotations.NullMarked;
