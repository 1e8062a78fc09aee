package io.tallystick.kit.error;

/// Every way a call can fail as a transport sees it. Outcomes of the domain (declined, refused,
/// wrong code) are not errors; they are fields of the response.
public enum ErrorCode {
  /// The request is malformed; the same request will never succeed.
  INVALID_ARGUMENT(400),
  /// No identity, or one that does not verify.
  UNAUTHENTICATED(401),
  /// The identity is known and may not do this.
  PERMISSION_DENIED(403),
  /// What the request names does not exist, or not for this caller.
  NOT_FOUND(404),
  /// An idempotency key was used before with another body. 422 as the Idempotency-Key draft has it.
  ALREADY_EXISTS(422),
  /// What the request names is not in a state that allows it.
  FAILED_PRECONDITION(409),
  /// The caller has used up what it may ask in this time.
  RESOURCE_EXHAUSTED(429),
  /// Not now; the same request may be sent again after a pause.
  UNAVAILABLE(503),
  /// The time the caller allowed has passed; the effect may or may not have happened.
  DEADLINE_EXCEEDED(504),
  /// A fault of ours, known to the log by its reference.
  INTERNAL(500);

  private final int httpStatus;

  ErrorCode(int httpStatus) {
    this.httpStatus = httpStatus;
  }

  public int httpStatus() {
    return httpStatus;
  }
}
