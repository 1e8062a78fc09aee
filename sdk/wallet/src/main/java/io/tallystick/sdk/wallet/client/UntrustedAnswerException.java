package io.tallystick.sdk.wallet.client;

/** The platform answered something that its root key does not vouch for. Nothing of it was kept. */
public final class UntrustedAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UntrustedAnswerException(String message) {
    super(message);
  }
}
