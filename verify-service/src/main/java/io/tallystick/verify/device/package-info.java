/// Devices as verify-service has to know them.
@NullMarked
package io.tallystick.verify.device;

import org.jspecify.annotations.NullMarked;
