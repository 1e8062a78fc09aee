/// The consumer of the `devices` stream.
@NullMarked
package io.tallystick.clearing.allowance.stream;

import org.jspecify.annotations.NullMarked;
