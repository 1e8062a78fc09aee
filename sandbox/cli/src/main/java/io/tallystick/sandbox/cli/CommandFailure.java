package io.tallystick.sandbox.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Ends a command with a message for a person and an [ExitStatus].
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitStatus;

  private CommandFailure(int exitStatus, String message, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message is null"), cause);
    this.exitStatus = exitStatus;
  }

  /// The answer is no.
  public static CommandFailure refused(String message) {
    return new CommandFailure(ExitStatus.REFUSED, message, null);
  }

  /// The answer is no, for the reason that `cause` gives.
  public static CommandFailure refused(Exception cause) {
    return new CommandFailure(ExitStatus.REFUSED, reason(cause), cause);
  }

  /// An argument or a named file can't be used.
  public static CommandFailure usage(String message) {
    return new CommandFailure(ExitStatus.USAGE, message, null);
  }

  /// An argument or a named file can't be used, for the reason that `cause` gives.
  public static CommandFailure usage(Exception cause) {
    return new CommandFailure(ExitStatus.USAGE, reason(cause), cause);
  }

  /// The platform could not be reached or failed.
  public static CommandFailure unreachable(String message, @Nullable Throwable cause) {
    return new CommandFailure(ExitStatus.UNREACHABLE, message, cause);
  }

  /// The platform could not be reached or failed, for the reason that `cause` gives.
  public static CommandFailure unreachable(Exception cause) {
    return new CommandFailure(ExitStatus.UNREACHABLE, reason(cause), cause);
  }

  private static String reason(Exception cause) {
    return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
  }

  /// One of the constants of [ExitStatus].
  public int exitStatus() {
    return exitStatus;
  }
}
