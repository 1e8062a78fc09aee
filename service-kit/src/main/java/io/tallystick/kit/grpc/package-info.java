/// gRPC as every service speaks it: unary calls on virtual threads, identities from client
/// certificates, a declared policy per method, a closed set of statuses, guarded calls to peers.
@NullMarked
package io.tallystick.kit.grpc;

import org.jspecify.annotations.NullMarked;
