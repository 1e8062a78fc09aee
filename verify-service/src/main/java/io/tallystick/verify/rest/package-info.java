/// REST towards wallets: uploads of their halves.
@NullMarked
package io.tallystick.verify.rest;

import org.jspecify.annotations.NullMarked;
