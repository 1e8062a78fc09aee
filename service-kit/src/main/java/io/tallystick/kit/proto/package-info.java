/// Values that every service's messages have, between the generated classes of `api` and those of
/// the protocol and the platform.
@NullMarked
package io.tallystick.kit.proto;

import org.jspecify.annotations.NullMarked;
