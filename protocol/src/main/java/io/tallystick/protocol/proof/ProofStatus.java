package io.tallystick.protocol.proof;

/** What the verification of a double-spend proof found, in the order of the guards. */
public enum ProofStatus {
  /** The device signed two taps with one serial. */
  PROVEN,
  /** The serials differ: two taps, nothing wrong. */
  SERIALS_DIFFER,
  /** The bodies are the same: one tap, nothing wrong. */
  BODIES_EQUAL,
  /** An issuer certificate is not signed by the trusted root. */
  ROOT_SIGNATURE,
  /** An authorisation names another issuer than its certificate. */
  ISSUER_NUMBER_MISMATCH,
  /** An authorisation is not signed by its issuer. */
  AUTHORISATION_SIGNATURE,
  /** A token is not signed by its device. */
  DEVICE_SIGNATURE
}
