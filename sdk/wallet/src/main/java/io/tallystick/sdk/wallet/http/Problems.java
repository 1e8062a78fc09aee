package io.tallystick.sdk.wallet.http;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns an answer that is a no into the exception of its kind. */
final class Problems {
  private static final int MAX_RETRY_AFTER_SECONDS = 3_600;

  private Problems() {}

  static ProblemException from(HttpReply reply) {
    JsonObject members = members(reply);
    int status = reply.status();
    String name = name(members, status);
    String message = message(members, status, name);
    return switch (status) {
      case 401, 403 -> new ProblemException.Unauthorised(status, name, message, members);
      case 404 -> new ProblemException.NotFound(status, name, message, members);
      case 409, 423 -> new ProblemException.Conflict(status, name, message, members);
      case 429 ->
          new ProblemException.TooMany(
              status, name, message, members, retryAfter(reply).orElse(null));
      default -> new ProblemException.Rejected(status, name, message, members);
    };
  }

  /** Whole seconds of a {@code Retry-After} header, at most an hour. */
  static Optional<Duration> retryAfter(HttpReply reply) {
    return reply
        .header("Retry-After")
        .filter(value -> value.matches("[0-9]{1,9}"))
        .map(value -> Math.min(Integer.parseInt(value), MAX_RETRY_AFTER_SECONDS))
        .map(Duration::ofSeconds);
  }

  private static @Nullable JsonObject members(HttpReply reply) {
    boolean json = reply.header("Content-Type").filter(type -> type.contains("json")).isPresent();
    if (!json) {
      return null;
    }
    try {
      JsonElement parsed = JsonParser.parseString(reply.text());
      return parsed.isJsonObject() ? parsed.getAsJsonObject() : null;
    } catch (JsonParseException malformed) {
      // The status alone still says what kind of no it is.
      return null;
    }
  }

  private static String name(@Nullable JsonObject members, int status) {
    return text(members, "type")
        .filter(type -> !type.equals("about:blank"))
        .map(type -> type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf(':')) + 1))
        .filter(name -> !name.isEmpty())
        .orElse("status-" + status);
  }

  private static String message(@Nullable JsonObject members, int status, String name) {
    return text(members, "detail")
        .or(() -> text(members, "title"))
        .map(text -> text + " (" + name + ")")
        .orElse("the platform answered " + status);
  }

  private static Optional<String> text(@Nullable JsonObject members, String key) {
    return members == null || !members.has(key) || !members.get(key).isJsonPrimitive()
        ? Optional.empty()
        : Optional.of(members.get(key).getAsString());
  }
}
