/// What the outside is told about payments, and what this service hears about challenges.
@NullMarked
package io.tallystick.clearing.payment.stream;

import org.jspecify.annotations.NullMarked;
