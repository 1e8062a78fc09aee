package io.tallystick.protocol.wire;

import static java.util.Objects.requireNonNull;

/**
 * Bytes or text that are not what they claim to be. It names the field and the problem and never
 * repeats the value, which may be secret or hostile. It is the only exception a parser of this
 * module throws on bad input.
 */
public final class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field the field, as the format's page in {@code docs/protocol} names it
   * @param problem what is wrong with it, without its value
   */
  public MalformedException(String field, String problem) {
    super(
        requireNonNull(field, "field is null") + ": " + requireNonNull(problem, "problem is null"));
    this.field = field;
  }

  /** Field and problem; never absent. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage(), "message is null");
  }

  /** The field that could not be read. */
  public String field() {
    return field;
  }
}
