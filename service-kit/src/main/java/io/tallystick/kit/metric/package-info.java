/// Numbers for operators: gauges that are read from the service's own tables at a steady, bounded
/// cost, and how calls are measured.
@NullMarked
package io.tallystick.kit.metric;

import org.jspecify.annotations.NullMarked;
