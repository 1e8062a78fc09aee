/// Translates messages of the api into values of this service and back.
///
/// Invariants: what is malformed is refused with [java.lang.IllegalArgumentException], which names
/// field and value. `grpc` and `stream` call in.
@NullMarked
package io.tallystick.risk.proto;

import org.jspecify.annotations.NullMarked;
