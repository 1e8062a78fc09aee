package io.tallystick.sdk.wallet.client;

import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.Wallet.Change;
import java.time.Instant;

/** Keeps the server time of an answer as clock evidence. */
final class ServerTime {
  private ServerTime() {}

  static Instant note(Wallet wallet, Members answer) {
    Instant serverTime = answer.instant("serverTime");
    return wallet.update(
        state -> new Change<>(state.withServerTimeSeen(wallet.time().saw(serverTime)), serverTime));
  }
}
