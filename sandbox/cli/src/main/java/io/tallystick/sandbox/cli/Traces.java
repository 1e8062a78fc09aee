package io.tallystick.sandbox.cli;

import io.tallystick.protocol.trace.Traceparent;
import java.util.Locale;
import java.util.function.Supplier;

/// The trace that a command belongs to: that of the script which called it, told in the environment
/// variable `TRACEPARENT`; otherwise a new one for each call.
public final class Traces {
  private static final String VARIABLE = Traceparent.HEADER.toUpperCase(Locale.ROOT);

  private Traces() {}

  public static Supplier<Traceparent> ofEnvironment() {
    return Traceparent.parse(System.getenv(VARIABLE))
        .<Supplier<Traceparent>>map(given -> () -> given)
        .orElse(Traceparent::fresh);
  }
}
