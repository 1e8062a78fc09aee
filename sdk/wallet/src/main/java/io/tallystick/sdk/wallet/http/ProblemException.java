package io.tallystick.sdk.wallet.http;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The platform understood the call and said no, as an RFC 9457 problem. Which no it is, is its
 * {@link #name()}: the names are listed in the README of each service.
 */
public sealed class ProblemException extends RuntimeException
    permits ProblemException.Unauthorised,
        ProblemException.NotFound,
        ProblemException.Conflict,
        ProblemException.TooMany,
        ProblemException.Rejected {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String name;
  private final transient @Nullable JsonObject members;

  private ProblemException(int status, String name, String message, @Nullable JsonObject members) {
    super(requireNonNull(message, "message is null"));
    this.status = status;
    this.name = requireNonNull(name, "name is null");
    this.members = members;
  }

  /** The problem's text; never absent. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage(), "message is null");
  }

  /** The HTTP status, 400 to 499 or 501. */
  public int status() {
    return status;
  }

  /** The last segment of the problem's {@code type}, or the status where it has none. */
  public String name() {
    return name;
  }

  /**
   * A fact of the problem beside the standard ones, as text: in its {@code metadata}, or next to
   * it.
   */
  public Optional<String> member(String key) {
    if (members == null) {
      return Optional.empty();
    }
    JsonElement metadata = members.get("metadata");
    return metadata != null && metadata.isJsonObject() && metadata.getAsJsonObject().has(key)
        ? text(metadata.getAsJsonObject(), key)
        : text(members, key);
  }

  private static Optional<String> text(JsonObject object, String key) {
    JsonElement value = object.get(key);
    return value == null || !value.isJsonPrimitive()
        ? Optional.empty()
        : Optional.of(value.getAsString());
  }

  /** No valid token, or one that may not do this (401, 403). */
  public static final class Unauthorised extends ProblemException {
    private static final long serialVersionUID = 1L;

    Unauthorised(int status, String name, String message, @Nullable JsonObject members) {
      super(status, name, message, members);
    }
  }

  /** No such thing for this caller (404). */
  public static final class NotFound extends ProblemException {
    private static final long serialVersionUID = 1L;

    NotFound(int status, String name, String message, @Nullable JsonObject members) {
      super(status, name, message, members);
    }
  }

  /** Not in the present state (409, 423). */
  public static final class Conflict extends ProblemException {
    private static final long serialVersionUID = 1L;

    Conflict(int status, String name, String message, @Nullable JsonObject members) {
      super(status, name, message, members);
    }
  }

  /** Too often (429). */
  public static final class TooMany extends ProblemException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    TooMany(
        int status,
        String name,
        String message,
        @Nullable JsonObject members,
        @Nullable Duration retryAfter) {
      super(status, name, message, members);
      this.retryAfter = retryAfter;
    }

    /** When to try again, where the platform says so. */
    public Optional<Duration> retryAfter() {
      return Optional.ofNullable(retryAfter);
    }
  }

  /** Malformed or unacceptable; the same call never succeeds (the other 4xx, 501). */
  public static final class Rejected extends ProblemException {
    private static final long serialVersionUID = 1L;

    Rejected(int status, String name, String message, @Nullable JsonObject members) {
      super(status, name, message, members);
    }
  }
}
