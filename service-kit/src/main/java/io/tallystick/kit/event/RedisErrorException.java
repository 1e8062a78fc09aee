package io.tallystick.kit.event;

import java.util.Set;
import java.util.regex.Pattern;

/// Redis answered with an error. Those that say "not now" are [RedisUnavailableException]s.
final class RedisErrorException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Set<String> NOT_NOW =
      Set.of(
          "LOADING",
          "MASTERDOWN",
          "READONLY",
          "CLUSTERDOWN",
          "TRYAGAIN",
          // A slot has moved. The client follows for single commands, and never for a batch, whose
          // next try goes by the new map of slots.
          "MOVED",
          "ASK",
          // A read that waited while its primary became a replica.
          "UNBLOCKED",
          "NOREPLICAS",
          "BUSY",
          "OOM",
          "CONNECTION_CLOSED");

  private static final Pattern BATCH_PREFIX = Pattern.compile("^ERR \\[\\d+] ");

  private final String code;
  private final String answer;

  private RedisErrorException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.answer = message;
  }

  static RuntimeException of(String message, Throwable cause) {
    // The client reports the errors of a batch in lines like "ERR [2] NOGROUP No such key".
    String first = BATCH_PREFIX.matcher(message).replaceFirst("");
    String code = first.split("\\s", 2)[0];
    return NOT_NOW.contains(code) || first.contains("ClosedChannelException")
        ? new RedisUnavailableException("Redis refuses for now: " + code, cause)
        : new RedisErrorException(code, message, cause);
  }

  /// The stream or its consumer group does not exist.
  boolean noGroup() {
    return code.equals("NOGROUP");
  }

  /// The consumer group exists already.
  boolean busyGroup() {
    return code.equals("BUSYGROUP");
  }

  boolean noSuchKey() {
    return answer.contains("no such key");
  }
}
