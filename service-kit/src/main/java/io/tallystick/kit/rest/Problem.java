package io.tallystick.kit.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// An RFC 9457 problem, the body of every REST error.
///
/// @param type a URI that names the reason: `https://tallystick.io/problems/code-malformed`
/// @param title the code, as in gRPC: `INVALID_ARGUMENT`
/// @param status the HTTP status
/// @param detail one sentence for people
/// @param reason the reason, for programs: `CODE_MALFORMED`
/// @param metadata further facts, for programs
/// @param violations what is wrong with which field, of a request that failed validation
@RegisterForReflection
@Schema(description = "RFC 9457 problem")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String reason,
    Map<String, String> metadata,
    List<Violation> violations) {
  /// The media type of problems.
  public static final String MEDIA_TYPE = "application/problem+json";

  /// One field that failed validation.
  @RegisterForReflection
  public record Violation(String field, String message) {}

  static Response response(ApiException error) {
    return response(error, List.of());
  }

  static Response response(ApiException error, List<Violation> violations) {
    int status = error.code().httpStatus();
    return response(error, status, violations);
  }

  static Response response(ApiException error, int status, List<Violation> violations) {
    Problem problem =
        new Problem(
            "https://" + ApiErrors.DOMAIN + "/problems/" + dashed(error.reason()),
            error.code().name(),
            status,
            error.safeMessage(),
            error.reason(),
            error.metadata(),
            violations);
    Response.ResponseBuilder response =
        Response.status(status).type(MediaType.valueOf(MEDIA_TYPE)).entity(problem);
    return switch (error.code()) {
      case UNAVAILABLE, RESOURCE_EXHAUSTED -> response.header("Retry-After", 1).build();
      case UNAUTHENTICATED -> response.header("WWW-Authenticate", "Bearer").build();
      case INVALID_ARGUMENT,
          PERMISSION_DENIED,
          NOT_FOUND,
          ALREADY_EXISTS,
          FAILED_PRECONDITION,
          DEADLINE_EXCEEDED,
          INTERNAL ->
          response.build();
    };
  }

  private static String dashed(String reason) {
    return reason.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
