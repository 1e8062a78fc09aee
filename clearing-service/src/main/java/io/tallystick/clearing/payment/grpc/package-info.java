/// [ClearingGrpc]: the calls of verify-service and seed-service.
@NullMarked
package io.tallystick.clearing.payment.grpc;

import org.jspecify.annotations.NullMarked;
