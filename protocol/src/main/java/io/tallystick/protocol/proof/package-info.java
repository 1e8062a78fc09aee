/**
 * Proof of double spending: two tokens with one serial and two bodies, both signed by the device.
 * Anyone who knows the platform's root key can check it, offline and at any time: evidence does not
 * expire.
 */
@NullMarked
package io.tallystick.protocol.proof;

import org.jspecify.annotations.NullMarked;
