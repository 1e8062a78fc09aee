/// seed-service: payment passwords, devices, seeds, issuer keys, authorisations, deny list.
///
/// A package per feature: `password`, `device`, `code`, `issuer`, `denylist`; `sealing` and `audit`
/// serve them all. Adapters stand in sub-packages named by technology. This package holds the
/// configuration and what more than one feature answers with.
///
/// Invariants: a seed, an issuer's private key and a payment password are never stored, logged or
/// sent in clear, but for the one answer in which a wallet gets its seed; whatever changes a
/// payer's devices locks the payer's row first.
@NullMarked
package io.tallystick.seed;

import org.jspecify.annotations.NullMarked;
