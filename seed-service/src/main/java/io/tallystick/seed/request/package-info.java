/// Limits of wallets' requests that more than one feature keeps to.
@NullMarked
package io.tallystick.seed.request;

import org.jspecify.annotations.NullMarked;
