package io.tallystick.kit.rest;

import static java.util.Objects.requireNonNull;

import io.tallystick.kit.error.ApiErrors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which part of a list is wanted. Pages continue after a key, so rows that come and go meanwhile
/// shift nothing.
///
/// @param limit most items, 1 to 200
/// @param after key of the last item seen, empty for the first page
public record PageRequest(int limit, Optional<String> after) {
  public static final int DEFAULT_LIMIT = 50;
  public static final int LARGEST_LIMIT = 200;
  private static final int LONGEST_CURSOR = 512;

  public PageRequest {
    requireNonNull(after, "after is null");
    if (limit < 1 || limit > LARGEST_LIMIT) {
      throw new IllegalArgumentException("limit is not within 1..200: " + limit);
    }
  }

  /// From query parameters, either of which may be absent.
  ///
  /// @throws io.tallystick.kit.error.ApiException `INVALID_ARGUMENT` if one is malformed
  public static PageRequest of(@Nullable Integer limit, @Nullable String cursor) {
    int wanted = limit == null ? DEFAULT_LIMIT : limit;
    Optional<String> after = Optional.ofNullable(cursor).map(PageRequest::key);
    return ApiErrors.valid("PAGE_MALFORMED", () -> new PageRequest(wanted, after));
  }

  static String cursor(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String key(String cursor) {
    try {
      if (cursor.length() <= LONGEST_CURSOR) {
        return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      }
    } catch (IllegalArgumentException e) {
      throw ApiErrors.invalidArgument("CURSOR_MALFORMED", "the cursor is none that was given out");
    }
    throw ApiErrors.invalidArgument("CURSOR_MALFORMED", "the cursor is too long");
  }
}
