package io.tallystick.sdk.wallet;

class MemoryWalletStoreTest extends WalletStoreContract {
  private final MemoryWalletStore store = new MemoryWalletStore();

  @Override
  protected WalletStore open() {
    return store;
  }
}
