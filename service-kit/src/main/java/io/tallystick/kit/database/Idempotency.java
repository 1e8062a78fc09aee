package io.tallystick.kit.database;

import io.tallystick.kit.error.ApiErrors;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Makes a mutating call have its effect once for each key its caller chose: the key, a digest of
/// the request and the response are stored in the transaction of the effect.
///
/// Of two calls with one key at the same time the second waits for the first, then gets its
/// response.
@Singleton
public class Idempotency {
  /// Longest key a caller may choose.
  public static final int LONGEST_KEY = 128;

  private final Clock clock;

  @Inject
  Idempotency(Clock clock) {
    this.clock = clock;
  }

  /// Runs `effect` once for the key, or gives the response it gave the first time.
  ///
  /// @param scope whose keys they are and for what: `renew:<payer id>`
  /// @param key as the caller chose it, 1 to 128 characters
  /// @param request the same for the same request: see [RequestDigest]
  /// @throws io.tallystick.kit.error.ApiException `ALREADY_EXISTS` if the key was used with another
  ///   request; it names the fields that differ
  public <T> T once(
      Handle handle,
      String scope,
      String key,
      RequestDigest request,
      ResponseCodec<T> codec,
      Supplier<T> effect) {
    if (key.isBlank() || key.length() > LONGEST_KEY) {
      throw ApiErrors.invalidArgument(
          "IDEMPOTENCY_KEY_MALFORMED", "the idempotency key has not 1 to 128 characters");
    }
    int inserted =
        handle.execute(
            """
            insert into idempotency (scope, key, request, created_at) values (?, ?, ?::jsonb, ?)
            on conflict (scope, key) do nothing
            """,
            scope,
            key,
            request.json(),
            clock.instant().atOffset(ZoneOffset.UTC));
    if (inserted == 0) {
      return codec.decode(stored(handle, scope, key, request));
    }
    T response = effect.get();
    handle.execute(
        "update idempotency set response = ? where scope = ? and key = ?",
        codec.encode(response),
        scope,
        key);
    return response;
  }

  /// Whether the key was used and its effect committed. For a caller whose request holds a secret
  /// of which not even a digest may be kept: it has to tell a repeat from a new request by itself.
  public boolean isUsed(Handle handle, String scope, String key) {
    return handle
        .createQuery("select exists(select 1 from idempotency where scope = ? and key = ?)")
        .bind(0, scope)
        .bind(1, key)
        .mapTo(Boolean.class)
        .one();
  }

  private static byte[] stored(Handle handle, String scope, String key, RequestDigest request) {
    Optional<Stored> found =
        handle
            .createQuery(
                "select request::text, response from idempotency where scope = ? and key = ?")
            .bind(0, scope)
            .bind(1, key)
            .map((row, context) -> new Stored(row.getString(1), row.getBytes(2)))
            .findOne();
    Stored stored = found.orElseThrow(() -> new AssertionError("keys are deleted when old only"));
    RequestDigest first = RequestDigest.parse(stored.request());
    if (!first.equals(request)) {
      throw ApiErrors.keyReused(key, first.difference(request));
    }
    byte[] response = stored.response();
    if (response == null) {
      throw new AssertionError("a committed key has a response");
    }
    return response;
  }

  private record Stored(String request, byte @Nullable [] response) {}
}
