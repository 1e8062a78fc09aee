package io.tallystick.protocol.deny;

/** What the verification of a deny list, or the application of a delta, found; in guard order. */
public enum DenyStatus {
  GOOD,
  /** The delta starts from another version than the list at hand. */
  WRONG_BASE_VERSION,
  /** The delta adds a device that is listed already. */
  ADDED_ALREADY_LISTED,
  /** The delta removes a device that is not listed. */
  REMOVED_NOT_LISTED,
  /** The list would grow beyond its bound. */
  TOO_LARGE,
  /** The issuer's certificate is not signed by the trusted root. */
  ROOT_SIGNATURE,
  /** The issuer's certificate is not among those accepted. */
  ISSUER_NOT_ACCEPTED,
  /** The issuer's certificate has ended. */
  ISSUER_EXPIRED,
  /** The list is not signed by the issuer. */
  LIST_SIGNATURE
}
