package io.tallystick.notify.sealing;

/// A sealed value did not open: its key version is not configured, it was altered, or it was moved
/// to another row. Never a caller's fault; someone has to look at it.
public final class SealBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SealBrokenException(String what, int keyVersion) {
    super("sealed " + what + " does not open under key version " + keyVersion);
  }
}
