/// What the integration tests stand on: a clock that can be moved, the services verify-service
/// asks, played over real mTLS with real seeds and keys, and clients as terminals are.
@NullMarked
package io.tallystick.verify.testing;

import org.jspecify.annotations.NullMarked;
