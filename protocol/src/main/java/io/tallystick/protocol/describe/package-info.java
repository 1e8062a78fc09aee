/**
 * Takes any format of the protocol apart, field by field, for people: {@code tally token show} and
 * whoever debugs a terminal. The formats' own parsers do the work, so what is shown is what is
 * read.
 */
@NullMarked
package io.tallystick.protocol.describe;

import org.jspecify.annotations.NullMarked;
