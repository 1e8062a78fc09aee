/// seed-service: payment passwords, devices, seeds, issuer keys, authorisations, deny list.
///
/// A package per feature: `password`, `device`, `code`, `issuer`, `denylist`; a feature's adapters
/// stand in its sub-packages named by technology. `sealing`, `custody`, `audit` and `request` serve
/// them all, as do the adapters of the whole service: `rest`, `grpc`, `stream`, `metric`, `health`.
///
/// Invariants: a seed, an issuer's private key and a payment password are never stored, logged or
/// sent in clear, but for the one answer in which a wallet gets its seed; whatever changes a
/// payer's devices locks the payer's row first.
@NullMarked
package io.tallystick.seed;

import org.jspecify.annotations.NullMarked;
