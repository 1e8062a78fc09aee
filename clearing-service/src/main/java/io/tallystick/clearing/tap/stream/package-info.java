/// The consumers of the `tokens` and `decisions` streams.
@NullMarked
package io.tallystick.clearing.tap.stream;

import org.jspecify.annotations.NullMarked;
