/// The command group `wallet`: a payer's wallet in a file.
///
/// Every command opens the wallet's file for itself, works through the wallet SDK and prints;
/// nothing is kept between two commands but in that file.
@NullMarked
package io.tallystick.sandbox.cli.wallet;

import org.jspecify.annotations.NullMarked;
