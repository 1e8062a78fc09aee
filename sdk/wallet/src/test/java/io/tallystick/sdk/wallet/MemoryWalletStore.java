package io.tallystick.sdk.wallet;

import java.util.Optional;

/** Keeps a state in memory and fails when told to. */
public final class MemoryWalletStore implements WalletStore {
  private Optional<WalletState> kept = Optional.empty();
  private boolean failing;
  private int saves;

  @Override
  public Optional<WalletState> load() {
    return kept;
  }

  @Override
  public void save(WalletState state) {
    if (failing) {
      throw new WalletStoreException(WalletStoreException.Reason.IO, "told to fail");
    }
    kept = Optional.of(state);
    saves++;
  }

  @Override
  public void close() {}

  public void failing(boolean fail) {
    failing = fail;
  }

  public int saves() {
    return saves;
  }
}
