package io.tallystick.verify.grpc;

import static io.tallystick.kit.error.ApiErrors.valid;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/// Page sizes and page tokens. A token is the place of the last row, not to be read by callers.
final class Pages {
  private static final int DEFAULT_SIZE = 50;
  private static final int LARGEST_SIZE = 200;

  private Pages() {}

  /// What to list.
  ///
  /// @param size most rows
  /// @param after the last row of the page before, empty for the first page
  record Page<T>(int size, Optional<T> after) {}

  static <T> Page<T> read(int size, String token, Function<String, T> parse) {
    return valid(
        "PAGE_INVALID",
        () -> {
          if (size < 0 || size > LARGEST_SIZE) {
            throw new IllegalArgumentException("page_size is not 1 to 200");
          }
          return new Page<>(size == 0 ? DEFAULT_SIZE : size, after(token, parse));
        });
  }

  static String token(String last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(last.getBytes(StandardCharsets.UTF_8));
  }

  private static <T> Optional<T> after(String token, Function<String, T> parse) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] last = Base64.getUrlDecoder().decode(token);
      return Optional.of(parse.apply(new String(last, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException("page_token is not one of ours", malformed);
    }
  }
}
