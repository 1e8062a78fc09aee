package io.tallystick.sandbox.cli;

/// What a command's exit status means; the same for every command.
public final class ExitStatus {
  /// Done as asked.
  public static final int OK = 0;

  /// Understood and answered with a no: declined, refused, wrong, unsound.
  public static final int REFUSED = 1;

  /// The command line or a file it names can't be used.
  public static final int USAGE = 2;

  /// The platform, or a part of it, could not be reached or failed.
  public static final int UNREACHABLE = 3;

  private ExitStatus() {}
}
