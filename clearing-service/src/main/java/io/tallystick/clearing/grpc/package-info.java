/// The gRPC services: who may call them, and requests and answers as messages.
///
/// Invariants: what is malformed is refused before any feature sees it; outcomes of the domain are
/// fields of an OK answer. Called by verify-service, seed-service and operators; calls every
/// feature, and no feature calls it.
@NullMarked
package io.tallystick.clearing.grpc;

import org.jspecify.annotations.NullMarked;
