/// Harm done to a running platform: to its processes, its stores and the links between its parts.
@NullMarked
package io.tallystick.sandbox.soak.fault;

import org.jspecify.annotations.NullMarked;
