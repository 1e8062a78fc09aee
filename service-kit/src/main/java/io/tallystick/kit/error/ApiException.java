package io.tallystick.kit.error;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The only exception whose content reaches a caller. Made by [ApiErrors].
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Pattern REASON = Pattern.compile("[A-Z][A-Z0-9_]{0,62}");

  private final ErrorCode code;
  private final String reason;
  private final String safeMessage;
  private final transient SortedMap<String, String> metadata;

  ApiException(
      ErrorCode code,
      String reason,
      String message,
      Map<String, String> metadata,
      @Nullable Throwable cause) {
    super(reason + ": " + message, cause);
    if (!REASON.matcher(reason).matches()) {
      throw new IllegalArgumentException("reason is not UPPER_SNAKE_CASE: " + reason);
    }
    this.code = requireNonNull(code, "code is null");
    this.reason = reason;
    this.safeMessage = requireNonNull(message, "message is null");
    this.metadata = new TreeMap<>(metadata);
  }

  public ErrorCode code() {
    return code;
  }

  /// Stable name of the cause, for programs: `CODE_MALFORMED`.
  public String reason() {
    return reason;
  }

  /// One sentence for people; never has a secret in it.
  public String safeMessage() {
    return safeMessage;
  }

  /// Further facts for programs, sorted by name.
  public Map<String, String> metadata() {
    return Map.copyOf(metadata);
  }

  /// This error with one more fact.
  public ApiException with(String name, String value) {
    Map<String, String> more = new TreeMap<>(metadata);
    more.put(name, value);
    ApiException copy = new ApiException(code, reason, safeMessage, more, getCause());
    copy.setStackTrace(getStackTrace());
    return copy;
  }
}
