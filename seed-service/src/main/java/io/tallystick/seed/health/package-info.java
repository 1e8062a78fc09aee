/// Readiness of what this service cannot do without.
@NullMarked
package io.tallystick.seed.health;

import org.jspecify.annotations.NullMarked;
