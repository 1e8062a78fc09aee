/// The inline question over gRPC, for verify-service only.
@NullMarked
package io.tallystick.risk.grpc;

import org.jspecify.annotations.NullMarked;
