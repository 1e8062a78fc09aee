package io.tallystick.kit.error;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The one factory of errors that leave a service.
public final class ApiErrors {
  /// The `domain` of `google.rpc.ErrorInfo`, and the base of RFC 9457 problem types.
  public static final String DOMAIN = "tallystick.io";

  private static final Logger LOG = Logger.getLogger(ApiErrors.class);

  private ApiErrors() {}

  public static ApiException invalidArgument(String reason, String message) {
    return of(ErrorCode.INVALID_ARGUMENT, reason, message);
  }

  public static ApiException unauthenticated(String reason, String message) {
    return of(ErrorCode.UNAUTHENTICATED, reason, message);
  }

  public static ApiException permissionDenied(String reason, String message) {
    return of(ErrorCode.PERMISSION_DENIED, reason, message);
  }

  public static ApiException notFound(String reason, String message) {
    return of(ErrorCode.NOT_FOUND, reason, message);
  }

  public static ApiException failedPrecondition(String reason, String message) {
    return of(ErrorCode.FAILED_PRECONDITION, reason, message);
  }

  public static ApiException resourceExhausted(String reason, String message) {
    return of(ErrorCode.RESOURCE_EXHAUSTED, reason, message);
  }

  public static ApiException unavailable(String reason, String message) {
    return of(ErrorCode.UNAVAILABLE, reason, message);
  }

  public static ApiException unavailable(String reason, String message, Throwable cause) {
    return new ApiException(ErrorCode.UNAVAILABLE, reason, message, Map.of(), cause);
  }

  public static ApiException deadlineExceeded(String reason, String message) {
    return of(ErrorCode.DEADLINE_EXCEEDED, reason, message);
  }

  /// An idempotency key met with another body than the first time.
  ///
  /// @param difference the fields that differ, for example `amountMinor, currency`
  public static ApiException keyReused(String key, String difference) {
    return of(
            ErrorCode.ALREADY_EXISTS,
            "IDEMPOTENCY_KEY_REUSED",
            "the key was used before with another body; it differs in: " + difference)
        .with("key", key)
        .with("difference", difference);
  }

  /// An error of any code, for translating what another service said.
  public static ApiException of(ErrorCode code, String reason, String message) {
    return new ApiException(code, reason, message, Map.of(), null);
  }

  public static ApiException of(
      ErrorCode code,
      String reason,
      String message,
      Map<String, String> metadata,
      @Nullable Throwable cause) {
    return new ApiException(code, reason, message, metadata, cause);
  }

  /// Makes a value of the domain from what a caller sent; the domain's refusal becomes
  /// `INVALID_ARGUMENT` with its message, which by the house rules names field and value and no
  /// secret.
  public static <T> T valid(String reason, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      String message = e.getMessage() == null ? "the request is malformed" : e.getMessage();
      throw new ApiException(ErrorCode.INVALID_ARGUMENT, reason, message, Map.of(), e);
    }
  }

  /// What a caller gets for any failure. Unknown ones become `INTERNAL`, are logged here, once, and
  /// say nothing but a reference to the log.
  public static ApiException from(Throwable failure) {
    Throwable cause = unwrap(failure);
    if (cause instanceof ApiException known) {
      return known;
    }
    if (cause instanceof RejectedExecutionException) {
      return unavailable("OVERLOADED", "too many requests are waiting", cause);
    }
    if (cause instanceof CircuitBreakerOpenException) {
      return unavailable("PEER_UNAVAILABLE", "a service this call needs is away", cause);
    }
    if (TransientFailure.is(cause)) {
      LOG.warnf("database is away: %s", cause);
      return unavailable("DATABASE_UNAVAILABLE", "the database is away", cause);
    }
    if (UnstorableText.is(cause)) {
      return of(
          ErrorCode.INVALID_ARGUMENT,
          "TEXT_MALFORMED",
          "a text has a character that no text here has",
          Map.of(),
          cause);
    }
    return internal(cause);
  }

  private static ApiException internal(Throwable cause) {
    String reference = UUID.randomUUID().toString();
    LOG.errorf(cause, "internal error, reference %s", reference);
    return new ApiException(
        ErrorCode.INTERNAL,
        "INTERNAL",
        "internal error, reference " + reference,
        Map.of("reference", reference),
        cause);
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable current = failure;
    while ((current instanceof CompletionException || current instanceof ExecutionException)
        && current.getCause() != null) {
      current = current.getCause();
    }
    return current;
  }
}
