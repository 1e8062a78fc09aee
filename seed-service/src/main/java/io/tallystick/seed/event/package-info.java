/// What the service does with events of others.
@NullMarked
package io.tallystick.seed.event;

import org.jspecify.annotations.NullMarked;
