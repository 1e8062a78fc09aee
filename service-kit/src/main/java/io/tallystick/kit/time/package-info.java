/// The clock. Nothing else in a service may ask the operating system for the time.
@NullMarked
package io.tallystick.kit.time;

import org.jspecify.annotations.NullMarked;
