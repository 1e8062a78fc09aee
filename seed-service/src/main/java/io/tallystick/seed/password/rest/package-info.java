/// Payment passwords over REST.
@NullMarked
package io.tallystick.seed.password.rest;

import org.jspecify.annotations.NullMarked;
