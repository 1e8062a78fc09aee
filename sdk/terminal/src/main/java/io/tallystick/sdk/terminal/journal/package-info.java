/**
 * A terminal's durable memory: an append-only file of records, each with a checksum and forced to
 * disk before it counts. A record torn by a power cut at the end of the file is dropped when the
 * file is opened again; damage anywhere else is refused, since halves would be lost. Only {@code
 * Terminal} writes.
 */
@NullMarked
package io.tallystick.sdk.terminal.journal;

import org.jspecify.annotations.NullMarked;
