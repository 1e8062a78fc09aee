/// The queries behind bills and statements.
@NullMarked
package io.tallystick.clearing.bill.postgres;

import org.jspecify.annotations.NullMarked;
