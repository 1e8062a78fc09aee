/// The consumer of the `challenges` stream.
@NullMarked
package io.tallystick.clearing.challenge.stream;

import org.jspecify.annotations.NullMarked;
