/// The operator's interface to key-encryption keys.
@NullMarked
package io.tallystick.kit.sealing.rest;

import org.jspecify.annotations.NullMarked;
