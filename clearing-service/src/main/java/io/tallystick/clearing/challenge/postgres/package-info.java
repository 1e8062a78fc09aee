/// The table of ended challenges.
@NullMarked
package io.tallystick.clearing.challenge.postgres;

import org.jspecify.annotations.NullMarked;
