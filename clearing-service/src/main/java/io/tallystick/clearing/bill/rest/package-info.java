/// Bills, balances and statements over REST.
@NullMarked
package io.tallystick.clearing.bill.rest;

import org.jspecify.annotations.NullMarked;
