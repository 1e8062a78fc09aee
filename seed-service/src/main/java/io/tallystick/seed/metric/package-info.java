/// The numbers seed-service shows, beside those of the service-kit: gauges from its tables, and its
/// counters at zero from the start.
@NullMarked
package io.tallystick.seed.metric;

import org.jspecify.annotations.NullMarked;
