package io.tallystick.sdk.wallet;

import java.util.Optional;

/** Where a wallet's state is kept. One store belongs to one {@link Wallet}, until it is closed. */
public interface WalletStore extends AutoCloseable {
  /**
   * The state last saved; empty when none ever was.
   *
   * @throws WalletStoreException when it can't be read
   */
  Optional<WalletState> load();

  /**
   * Replaces the state. When this returns, the new state outlives the process and the power; when
   * it doesn't, the old or the new one does, never a mixture.
   *
   * @throws WalletStoreException when it is not certain that the new state was kept
   */
  void save(WalletState state);

  @Override
  void close();
}
