/// The tables of halves and of evidence.
@NullMarked
package io.tallystick.clearing.tap.postgres;

import org.jspecify.annotations.NullMarked;
