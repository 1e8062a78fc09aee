package io.tallystick.sdk.terminal;

/**
 * The platform understood the call and refuses it: the caller has to change something. The reason
 * is the {@code google.rpc.ErrorInfo} reason, or the status code where there is none; api/README.md
 * lists them.
 */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public RefusedException(String reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
