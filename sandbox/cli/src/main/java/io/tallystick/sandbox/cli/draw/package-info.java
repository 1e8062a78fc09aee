/// Draws payment codes: Code 128 and QR as modules, as block characters for a terminal and as a PNG
/// file.
///
/// Invariants: nothing here touches AWT, so that it runs in a native image and without a display; a
/// drawing carries its quiet zone with it, so that a reader finds it wherever it is shown.
///
/// Every command may call in; this package calls no other of the project's.
@NullMarked
package io.tallystick.sandbox.cli.draw;

import org.jspecify.annotations.NullMarked;
