/// `SeedService` for verify-service and `SeedAdminService` for operators, over gRPC with client
/// certificates. Translates only; what may be called by whom is in [SeedPolicy].
@NullMarked
package io.tallystick.seed.grpc;

import org.jspecify.annotations.NullMarked;
