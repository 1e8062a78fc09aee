package io.tallystick.kit.rest;

import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;

/// Problems for refusals that HTTP itself makes, before any resource runs.
final class HttpRefusals {
  private HttpRefusals() {}

  static ApiException of(int status) {
    return switch (status) {
      case 401 -> ApiErrors.unauthenticated("NO_TOKEN", "no bearer token that verifies");
      case 403 -> ApiErrors.permissionDenied("NOT_ALLOWED", "this token does not allow it");
      case 404 -> ApiErrors.notFound("NO_SUCH_RESOURCE", "there is nothing at this path");
      case 405 -> ApiErrors.invalidArgument("METHOD_NOT_ALLOWED", "this path has no such method");
      case 406 -> ApiErrors.invalidArgument("NOT_ACCEPTABLE", "no representation is acceptable");
      case 413 -> ApiErrors.invalidArgument("BODY_TOO_LARGE", "the body is too large");
      case 415 ->
          ApiErrors.invalidArgument("MEDIA_TYPE_UNKNOWN", "the media type is not supported");
      default -> ApiErrors.invalidArgument("REQUEST_REFUSED", "the request was refused: " + status);
    };
  }
}
