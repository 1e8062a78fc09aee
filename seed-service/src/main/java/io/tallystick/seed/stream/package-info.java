/// What the service does with events of others.
@NullMarked
package io.tallystick.seed.stream;

import org.jspecify.annotations.NullMarked;
