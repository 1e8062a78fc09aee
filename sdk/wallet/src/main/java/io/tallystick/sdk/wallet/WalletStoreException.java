package io.tallystick.sdk.wallet;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A wallet's state can't be read or kept. */
public final class WalletStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is in the way. */
  public enum Reason {
    /** Another process, or another wallet of this one, is using it. */
    IN_USE,
    /** It is sealed and no passphrase was given. */
    PASSPHRASE_NEEDED,
    /** The passphrase doesn't open it, or it was altered. */
    NOT_OPENED,
    /** It was written by a newer version. */
    NEWER_VERSION,
    /** It is not a wallet's state, or damaged. */
    MALFORMED,
    /** Reading or writing failed. */
    IO
  }

  private final Reason reason;

  public WalletStoreException(Reason reason, String message, @Nullable Throwable cause) {
    super(requireNonNull(message, "message is null"), cause);
    this.reason = requireNonNull(reason, "reason is null");
  }

  public WalletStoreException(Reason reason, String message) {
    this(reason, message, null);
  }

  public Reason reason() {
    return reason;
  }
}
