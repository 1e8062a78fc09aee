/**
 * Bytes and text on the wire: a bounded reader that names every field, a writer, BER-TLV, text
 * armour and the list of file formats.
 *
 * <p>Invariants: every parser of this module reads through {@link
 * io.tallystick.protocol.wire.ByteReader} and answers bad input with {@link
 * io.tallystick.protocol.wire.MalformedException} and nothing else; no message contains a value
 * that was read. All integers are big-endian.
 *
 * <p>Every package of the module may call in; this one depends on none of them.
 */
@NullMarked
package io.tallystick.protocol.wire;

import org.jspecify.annotations.NullMarked;
