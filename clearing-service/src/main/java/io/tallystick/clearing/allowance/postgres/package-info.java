/// The tables of allowance requests and ended devices.
@NullMarked
package io.tallystick.clearing.allowance.postgres;

import org.jspecify.annotations.NullMarked;
