package io.tallystick.sdk.terminal.journal;

/** The journal can't be read or written. While it can't, the terminal takes no taps. */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JournalException(String message) {
    super(message);
  }

  JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
