/// Devices over REST: challenges, enrolment, listing, revocation, renewal.
@NullMarked
package io.tallystick.seed.device.rest;

import org.jspecify.annotations.NullMarked;
