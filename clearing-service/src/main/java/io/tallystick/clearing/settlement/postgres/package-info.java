/// The table of settlement batches, and the credits and refunds that go into them.
@NullMarked
package io.tallystick.clearing.settlement.postgres;

import org.jspecify.annotations.NullMarked;
