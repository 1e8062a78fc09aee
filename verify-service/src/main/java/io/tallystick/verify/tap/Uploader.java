package io.tallystick.verify.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.verify.terminal.TerminalName;

/// Who uploads a half: each side its own.
public sealed interface Uploader {
  /// The terminal of a client certificate.
  record TerminalUploader(TerminalName name) implements Uploader {
    public TerminalUploader {
      requireNonNull(name, "name is null");
    }
  }

  /// The payer of an access token.
  record WalletUploader(String payerId) implements Uploader {
    public WalletUploader {
      requireNonNull(payerId, "payerId is null");
    }
  }

  /// The side whose halves this uploader has.
  default TapHalf.Side side() {
    return switch (this) {
      case TerminalUploader _ -> TapHalf.Side.TERMINAL;
      case WalletUploader _ -> TapHalf.Side.WALLET;
    };
  }
}
