/// Online codes over REST.
@NullMarked
package io.tallystick.seed.code.rest;

import org.jspecify.annotations.NullMarked;
