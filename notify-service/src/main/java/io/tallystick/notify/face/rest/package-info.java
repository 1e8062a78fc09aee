/// Passkeys over REST.
@NullMarked
package io.tallystick.notify.face.rest;

import org.jspecify.annotations.NullMarked;
