/// The tables of deposits, and reading accounts for people.
@NullMarked
package io.tallystick.clearing.bank.postgres;

import org.jspecify.annotations.NullMarked;
