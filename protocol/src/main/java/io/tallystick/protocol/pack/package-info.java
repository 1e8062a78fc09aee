/**
 * The terminal pack: everything a terminal needs to decide alone, signed as a whole by the issuer.
 *
 * <p>Invariants: a pack is worth nothing until {@code verify} has said {@code GOOD} against the
 * root key the terminal was installed with; a pack never replaces a later one.
 *
 * <p>Made by verify-service from seed-service's keys; used by the terminal SDK.
 */
@NullMarked
package io.tallystick.protocol.pack;

import org.jspecify.annotations.NullMarked;
