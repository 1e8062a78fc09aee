/// What the service's integration tests have in common: real stores, a real SMS centre, a client.
@NullMarked
package io.tallystick.notify.testing;

import org.jspecify.annotations.NullMarked;
