/// Values that are never printed.
@NullMarked
package io.tallystick.kit.secret;

import org.jspecify.annotations.NullMarked;
