/// Wallets and terminals in files, as commands name them, and a tap between two of them on one
/// machine.
///
/// Called by the `wallet` and the `terminal` commands, which know nothing of each other.
@NullMarked
package io.tallystick.sandbox.cli.device;

import org.jspecify.annotations.NullMarked;
