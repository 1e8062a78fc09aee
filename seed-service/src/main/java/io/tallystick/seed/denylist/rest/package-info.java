/// The deny list over REST.
@NullMarked
package io.tallystick.seed.denylist.rest;

import org.jspecify.annotations.NullMarked;
