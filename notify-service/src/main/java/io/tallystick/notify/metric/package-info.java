/// The numbers notify-service shows, beside those of the service-kit: gauges from its tables, and
/// its counters at zero from the start.
@NullMarked
package io.tallystick.notify.metric;

import org.jspecify.annotations.NullMarked;
