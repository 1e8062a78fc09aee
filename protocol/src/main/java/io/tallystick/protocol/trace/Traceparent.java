package io.tallystick.protocol.trace;

import static java.util.Objects.requireNonNull;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code traceparent} (W3C Trace Context, version 00): {@code 00-<trace id>-<parent id>-<flags>},
 * all in lower-case hexadecimal.
 *
 * @param traceId 32 digits, not all zero: the same in everything one request brought about
 * @param parentId 16 digits, not all zero: the step that asks
 * @param flags 2 digits; bit 0 says that the caller records its part
 */
public record Traceparent(String traceId, String parentId, String flags) {
  /** The header's and the environment variable's name, in lower case. */
  public static final String HEADER = "traceparent";

  private static final Pattern TEXT =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  private static final int PARENT_AT = 36;
  private static final int FLAGS_AT = 53;

  public Traceparent {
    requireNonNull(traceId, "traceId is null");
    requireNonNull(parentId, "parentId is null");
    requireNonNull(flags, "flags is null");
    if (!TEXT.matcher(text(traceId, parentId, flags)).matches()) {
      throw new IllegalArgumentException("not a trace context");
    }
  }

  /** A new trace, not recorded by the caller. */
  public static Traceparent fresh() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    String trace = hex.toHexDigits(random.nextLong() | 1) + hex.toHexDigits(random.nextLong());
    return new Traceparent(trace, hex.toHexDigits(random.nextLong() | 1), "00");
  }

  /** Empty when {@code text} is absent or not of this form: a malformed one is as good as none. */
  public static Optional<Traceparent> parse(@Nullable String text) {
    return text != null && TEXT.matcher(text).matches()
        ? Optional.of(
            new Traceparent(
                text.substring(3, PARENT_AT - 1),
                text.substring(PARENT_AT, FLAGS_AT - 1),
                text.substring(FLAGS_AT)))
        : Optional.empty();
  }

  /** As in the header. */
  @Override
  public String toString() {
    return text(traceId, parentId, flags);
  }

  private static String text(String traceId, String parentId, String flags) {
    return "00-" + traceId + "-" + parentId + "-" + flags;
  }
}
