package io.tallystick.seed.sealing;

/// A sealed value did not open: its key version is not configured, it was altered, or it was moved
/// to another row. Never a caller's fault; someone has to look at it.
public final class SealBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SealBrokenException(String table, int keyVersion) {
    super("sealed value in " + table + " does not open under key version " + keyVersion);
  }
}
