package io.tallystick.notify.inbox.rest;

/// The client went away or stopped reading; it resumes after the last item it has.
final class InboxSinkGoneException extends Exception {
  private static final long serialVersionUID = 1L;

  InboxSinkGoneException(Throwable cause) {
    super(cause);
  }
}
