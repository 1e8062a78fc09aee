package io.tallystick.protocol.deny;

/** What applying a delta came to. */
public sealed interface DenyUpdate {
  /**
   * The delta led to a list whose signature is good.
   *
   * @param list the new list, equal to the one the issuer signed
   */
  record Applied(DenyList list) implements DenyUpdate {}

  /**
   * The list at hand stands; fetch the whole new one.
   *
   * @param status the guard that refused, never {@code GOOD}
   */
  record Refused(DenyStatus status) implements DenyUpdate {}
}
