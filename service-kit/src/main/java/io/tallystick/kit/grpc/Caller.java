package io.tallystick.kit.grpc;

import io.grpc.Context;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.identity.CallerIdentity;
import io.tallystick.kit.identity.CallerIdentity.ServiceIdentity;
import io.tallystick.kit.identity.CallerIdentity.TerminalIdentity;

/// Who makes the call that this thread handles. Set before any handler runs.
public final class Caller {
  private static final Context.Key<CallerIdentity> KEY = Context.key("tallystick-caller");

  private Caller() {}

  /// @throws IllegalStateException if this thread handles no call
  public static CallerIdentity current() {
    CallerIdentity identity = KEY.get();
    if (identity == null) {
      throw new IllegalStateException("this thread handles no gRPC call");
    }
    return identity;
  }

  /// The calling terminal.
  ///
  /// @throws io.tallystick.kit.error.ApiException `PERMISSION_DENIED` if a terminal isn't calling
  public static TerminalIdentity terminal() {
    if (current() instanceof TerminalIdentity terminal) {
      return terminal;
    }
    throw ApiErrors.permissionDenied("NOT_A_TERMINAL", "only a terminal may call this");
  }

  /// The calling service.
  public static ServiceIdentity service() {
    if (current() instanceof ServiceIdentity service) {
      return service;
    }
    throw ApiErrors.permissionDenied("NOT_A_SERVICE", "only a service may call this");
  }

  static Context in(Context context, CallerIdentity identity) {
    return context.withValue(KEY, identity);
  }
}
