/// Challenges over REST.
@NullMarked
package io.tallystick.notify.challenge.rest;

import org.jspecify.annotations.NullMarked;
