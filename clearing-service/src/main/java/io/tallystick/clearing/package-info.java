/// clearing-service: payments, the double-entry ledger, holds, matching of halves, settlement,
/// bills.
///
/// Packages are by feature: `ledger` moves money, `payment` has codes, `tap` has taps and their
/// halves, `challenge` ends their wait, `allowance` has the devices' offline money, `sweep` credits
/// merchants, `settlement` pays them out, `bank` has deposits, `audit` the ledger's own check,
/// `bill` what people read; `grpc` answers calls with all of them. Adapters stand in sub-packages
/// named by technology.
@NullMarked
package io.tallystick.clearing;

import org.jspecify.annotations.NullMarked;
