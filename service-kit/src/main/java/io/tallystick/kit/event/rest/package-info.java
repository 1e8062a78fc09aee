/// Dead letters over REST, for operators.
@NullMarked
package io.tallystick.kit.event.rest;

import org.jspecify.annotations.NullMarked;
