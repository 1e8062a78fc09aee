/// Reviews over REST.
@NullMarked
package io.tallystick.clearing.review.rest;

import org.jspecify.annotations.NullMarked;
