package io.tallystick.kit.trace;

import io.grpc.Context;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The `traceparent` (W3C Trace Context, level 1) of the work this thread does.
public final class TraceContext {
  private static final Pattern TRACEPARENT =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  private static final Context.Key<String> KEY = Context.key("traceparent");
  private static final String LOCAL = "tallystick-traceparent";

  private TraceContext() {}

  /// The current one, absent when the work was not asked for by anyone.
  public static Optional<String> current() {
    String ofCall = KEY.get();
    return ofCall != null ? Optional.of(ofCall) : ofRequest();
  }

  /// Makes the traceparent of a REST request current while the request is handled; a new one when
  /// it is absent or malformed.
  public static void inRequest(@Nullable String traceparent) {
    requestContext()
        .ifPresent(context -> context.putLocal(LOCAL, valid(traceparent) ? traceparent : fresh()));
  }

  private static Optional<String> ofRequest() {
    return requestContext().map(context -> context.getLocal(LOCAL));
  }

  /// The context that Quarkus gives each request, on whatever thread the request is handled.
  private static Optional<io.vertx.core.Context> requestContext() {
    return Optional.ofNullable(Vertx.currentContext()).filter(VertxContext::isDuplicatedContext);
  }

  /// `context` with a given traceparent; with a new one when it is absent or malformed.
  public static Context in(Context context, @Nullable String traceparent) {
    return context.withValue(KEY, valid(traceparent) ? traceparent : fresh());
  }

  public static boolean valid(@Nullable String traceparent) {
    return traceparent != null && TRACEPARENT.matcher(traceparent).matches();
  }

  private static String fresh() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    String trace = hex.toHexDigits(random.nextLong() | 1) + hex.toHexDigits(random.nextLong());
    return "00-" + trace + "-" + hex.toHexDigits(random.nextLong() | 1) + "-00";
  }
}
