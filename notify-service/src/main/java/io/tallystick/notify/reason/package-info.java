/// Why something was decided, as people are told it. Called by every package of the service.
@NullMarked
package io.tallystick.notify.reason;

import org.jspecify.annotations.NullMarked;
