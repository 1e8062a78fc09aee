/// What every REST resource of this service shares: reading values from a request, the shape of
/// money and of answers that hold a secret.
@NullMarked
package io.tallystick.seed.rest;

import org.jspecify.annotations.NullMarked;
