/// The table of reviews, and the list of what waits for one.
@NullMarked
package io.tallystick.clearing.review.postgres;

import org.jspecify.annotations.NullMarked;
