package io.tallystick.protocol.authorisation;

/** What the verification of an authorisation found, in the order of the guards. */
public enum AuthorisationStatus {
  /** Every guard passed. */
  GOOD,
  /** The certificate is not signed by the trusted root. */
  ROOT_SIGNATURE,
  /** The certificate is not among those the verifier was told to accept. */
  ISSUER_NOT_ACCEPTED,
  /** The certificate has ended. */
  ISSUER_EXPIRED,
  /** The terms name another issuer than the certificate. */
  ISSUER_NUMBER_MISMATCH,
  /** The terms are not signed by the certificate's key. */
  AUTHORISATION_SIGNATURE,
  /** The authorisation has ended. */
  AUTHORISATION_EXPIRED
}
