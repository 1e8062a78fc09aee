/// The call to clearing-service that holds allowances.
@NullMarked
package io.tallystick.seed.device.grpc;

import org.jspecify.annotations.NullMarked;
