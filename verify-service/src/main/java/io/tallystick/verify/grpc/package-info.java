/// gRPC towards terminals and operators: requests are validated and read into the service's types,
/// outcomes written back. Nothing is decided here.
@NullMarked
package io.tallystick.verify.grpc;

import org.jspecify.annotations.NullMarked;
