/// The W3C trace context that travels with calls and events.
@NullMarked
package io.tallystick.kit.trace;

import org.jspecify.annotations.NullMarked;
