package io.tallystick.sandbox.platform;

import java.nio.file.Path;

/// A part of the platform did not start. The message names it and ends with the last lines of its
/// log.
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartFailure(String part, String what, Path log) {
    super("%s %s; the end of its log (%s):%n%s".formatted(part, what, log, LogTail.of(log)));
  }

  StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
