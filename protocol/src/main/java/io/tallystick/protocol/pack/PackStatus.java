package io.tallystick.protocol.pack;

/** What the verification of a terminal pack found, in the order of the guards. */
public enum PackStatus {
  GOOD,
  /** The pack is for another root than the one trusted. */
  ROOT_MISMATCH,
  /** One of its issuer certificates is not signed by the root. */
  ROOT_SIGNATURE,
  /** The signing issuer's certificate has ended. */
  ISSUER_EXPIRED,
  /** The pack is not signed by its first issuer. */
  PACK_SIGNATURE,
  /** The deny list inside is of an issuer that the pack does not name, or that has ended. */
  DENY_LIST_ISSUER,
  /** The deny list inside is not signed by its issuer. */
  DENY_LIST_SIGNATURE,
  /** A later pack is in use. */
  OLDER_PACK,
  /** A later deny list is in use. */
  OLDER_DENY_LIST
}
