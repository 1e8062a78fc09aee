/// Issuer keys over REST.
@NullMarked
package io.tallystick.seed.issuer.rest;

import org.jspecify.annotations.NullMarked;
