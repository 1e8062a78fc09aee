/// The registered terminals as the rest of the service asks for them, remembered for a moment.
@NullMarked
package io.tallystick.verify.registry;

import org.jspecify.annotations.NullMarked;
