package io.tallystick.kit.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.error.ErrorCode;
import io.tallystick.kit.rest.Problem.Violation;
import jakarta.annotation.Priority;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Turns every exception that leaves a resource into a [Problem]. Messages of exceptions that are
/// not ours never leave; Quarkus' own mappers for the same types are less specific or come later.
class ProblemMappers {
  @ServerExceptionMapper
  Response api(ApiException error) {
    return Problem.response(error);
  }

  @ServerExceptionMapper(priority = Priorities.USER - 1)
  Response validation(ConstraintViolationException failure) {
    List<Violation> violations =
        failure.getConstraintViolations().stream()
            .map(violation -> new Violation(field(violation), violation.getMessage()))
            .sorted(Comparator.comparing(Violation::field).thenComparing(Violation::message))
            .toList();
    String fields =
        violations.stream().map(Violation::field).distinct().collect(Collectors.joining(", "));
    return Problem.response(
        ApiErrors.invalidArgument("VALIDATION_FAILED", "these are not valid: " + fields),
        violations);
  }

  @ServerExceptionMapper(priority = Priorities.USER - 1)
  Response json(JsonProcessingException failure) {
    return Problem.response(malformed(failure));
  }

  @ServerExceptionMapper(priority = Priorities.USER - 1)
  Response json(MismatchedInputException failure) {
    return Problem.response(malformed(failure));
  }

  @ServerExceptionMapper(priority = Priorities.USER - 1)
  Response unauthenticated(UnauthorizedException failure) {
    return Problem.response(noToken());
  }

  @ServerExceptionMapper(priority = Priorities.USER - 1)
  Response unauthenticated(AuthenticationFailedException failure) {
    return Problem.response(noToken());
  }

  @ServerExceptionMapper(priority = Priorities.USER - 1)
  Response forbidden(ForbiddenException failure) {
    return Problem.response(
        ApiErrors.permissionDenied("NOT_ALLOWED", "this token does not allow it"));
  }

  /// What JAX-RS itself throws: no such path, method or media type; a body too large.
  @ServerExceptionMapper(priority = Priorities.USER - 1)
  Response http(WebApplicationException failure) {
    if (failure.getCause() instanceof JsonProcessingException json) {
      return Problem.response(malformed(json));
    }
    int status = failure.getResponse().getStatus();
    if (status < 400) {
      return failure.getResponse();
    }
    if (status >= 500) {
      return Problem.response(ApiErrors.from(failure));
    }
    return Problem.response(HttpRefusals.of(status), status, List.of());
  }

  @ServerExceptionMapper(priority = Priorities.USER - 1)
  Response input(IOException failure) {
    return Problem.response(ApiErrors.from(failure));
  }

  @ServerExceptionMapper
  @Priority(Priorities.USER)
  Response anything(Throwable failure) {
    ApiException error = ApiErrors.from(failure);
    return Problem.response(error);
  }

  private static ApiException noToken() {
    return ApiErrors.unauthenticated("NO_TOKEN", "no bearer token that verifies");
  }

  /// Says where, and not what: the text may hold a secret.
  private static ApiException malformed(JsonProcessingException failure) {
    String place = "";
    if (failure instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      place =
          mapping.getPath().stream()
              .map(step -> step.getFieldName() == null ? "[]" : step.getFieldName())
              .collect(Collectors.joining("."));
      return ApiErrors.of(
              ErrorCode.INVALID_ARGUMENT,
              "JSON_MALFORMED",
              "the body's field " + place + " is malformed")
          .with("field", place);
    }
    JsonLocation location = failure.getLocation();
    if (location != null && location.getLineNr() > 0) {
      place = " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
    return ApiErrors.invalidArgument("JSON_MALFORMED", "the body is no such JSON" + place);
  }

  /// The name a caller knows: without the method and argument that Java knows it by.
  private static String field(ConstraintViolation<?> violation) {
    StringBuilder name = new StringBuilder();
    int depth = 0;
    for (Path.Node node : violation.getPropertyPath()) {
      boolean ofJava =
          switch (node.getKind()) {
            case METHOD, CROSS_PARAMETER, RETURN_VALUE -> true;
            default -> false;
          };
      if (!ofJava) {
        name.append(depth++ == 0 ? "" : ".").append(node);
      }
    }
    return name.toString();
  }
}
