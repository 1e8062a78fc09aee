package io.tallystick.kit.event;

/// Redis gave no answer, or refused to work at present.
final class RedisUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RedisUnavailableException(String message) {
    super(message);
  }

  RedisUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
