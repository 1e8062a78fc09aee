/// The command group `terminal`: a merchant's terminal in a file, with its journal beside it.
///
/// Every command opens the terminal for itself, works through the terminal SDK and prints.
@NullMarked
package io.tallystick.sandbox.cli.terminal;

import org.jspecify.annotations.NullMarked;
