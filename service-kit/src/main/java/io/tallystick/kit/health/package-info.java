/// Readiness that means it: the database answers, migrations are done, workers run. Redis is
/// reported and does not make a service unready, since it works without it, only slower.
@NullMarked
package io.tallystick.kit.health;

import org.jspecify.annotations.NullMarked;
