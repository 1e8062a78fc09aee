package io.tallystick.protocol.log;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Digest;
import io.tallystick.protocol.crypto.Sm3;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;

/**
 * Where a log stands: {@code sequence(4) ‖ digest(32)}, as text {@code sequence:hex}.
 *
 * @param sequence number of entries, an unsigned 32-bit number
 * @param digest of the chain up to here
 */
public record LogHead(long sequence, Digest digest) {
  public static final int LENGTH = 4 + Digest.LENGTH;

  /** The head of an empty log: sequence 0, 32 zero bytes. */
  public static final LogHead GENESIS = new LogHead(0, Digest.of(new byte[Digest.LENGTH]));

  private static final long MAX_SEQUENCE = 0xFFFF_FFFFL;

  public LogHead {
    requireNonNull(digest, "digest is null");
    if (sequence < 0 || sequence > MAX_SEQUENCE) {
      throw new IllegalArgumentException("sequence is out of range: " + sequence);
    }
  }

  /** The head after one more entry. */
  public LogHead append(Digest entry) {
    return new LogHead(sequence + 1, Sm3.hash(digest.bytes(), entry.bytes()));
  }

  /** Whether one more entry leads to that head; for heads that somebody else states. */
  public boolean leadsTo(Digest entry, LogHead next) {
    return sequence < MAX_SEQUENCE && append(entry).equals(next);
  }

  public static LogHead parse(String text) {
    if (!text.matches("[0-9]{1,10}:[0-9a-f]{64}")) {
      throw new MalformedException("log head", "is not a sequence and a digest");
    }
    int colon = text.indexOf(':');
    long sequence = Long.parseLong(text.substring(0, colon));
    if (sequence > MAX_SEQUENCE) {
      throw new MalformedException("log head", "has a sequence out of range");
    }
    return new LogHead(sequence, Digest.parse(text.substring(colon + 1)));
  }

  public static LogHead read(ByteReader in, String field) {
    long sequence = in.u32(field + " sequence");
    return new LogHead(sequence, Digest.read(in, field + " digest"));
  }

  public byte[] bytes() {
    return new ByteWriter().u32(sequence).bytes(digest.bytes()).toByteArray();
  }

  @Override
  public String toString() {
    return sequence + ":" + digest;
  }
}
