package io.tallystick.sdk.wallet.code;

import io.tallystick.sdk.wallet.CodeUse;
import java.util.Optional;

/** Asks the platform for an online code, if it answers soon enough for somebody at a till. */
@FunctionalInterface
public interface OnlineCodeSource {
  /** No connection: every code is derived. */
  OnlineCodeSource OFFLINE = Optional::empty;

  /** A fresh code; empty when none could be had. Never throws for want of a connection. */
  Optional<CodeUse.OnlineShown> request();
}
