/// What the integration tests of this service stand on: the service itself on real stores, a peer
/// that speaks clearing-service's protocol, a wallet, an operator and verify-service as clients.
@NullMarked
package io.tallystick.seed.harness;

import org.jspecify.annotations.NullMarked;
