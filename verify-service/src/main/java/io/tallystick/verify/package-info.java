/// verify-service: codes and tokens being checked, halves received, terminals and their packs.
///
/// Invariants, each held by a constraint of PostgreSQL and not by an isolation level or a cache:
/// one order of a merchant is one payment (`code_order`, primary key); a code is consumed once
/// (`code_moment` only rises, `online_code` is unique); one token stands for a serial (`tap_token`,
/// primary key) and each side has one half (`tap_half`, primary key).
///
/// Nobody calls in but terminals and operators over gRPC, wallets over REST and the streams.
@NullMarked
package io.tallystick.verify;

import org.jspecify.annotations.NullMarked;
