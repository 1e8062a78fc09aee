package io.tallystick.sandbox.cli.device;

import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.WalletStoreException;
import io.tallystick.sdk.wallet.WalletTime;
import io.tallystick.sdk.wallet.file.FileWalletStore;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Which wallet a command works on. A picocli mixin.
public final class WalletOption {
  private static final String PASSPHRASE = "TALLY_WALLET_PASSPHRASE";

  @Option(
      names = "--wallet",
      required = true,
      paramLabel = "FILE",
      description =
          "The wallet's file; made when there is none. Sealed with the passphrase in the environment variable "
              + PASSPHRASE
              + ", if that is set.")
  private Path file;

  /// Opens the wallet for this process alone.
  public Wallet open() {
    return open(file);
  }

  /// Opens a wallet for this process alone.
  ///
  /// @throws CommandFailure when the file can't be used
  public static Wallet open(Path file) {
    String passphrase = System.getenv(PASSPHRASE);
    FileWalletStore store =
        passphrase == null || passphrase.isEmpty()
            ? FileWalletStore.open(file)
            : FileWalletStore.openSealed(file, passphrase.toCharArray());
    try {
      return Wallet.open(store, WalletTime.ofHost());
    } catch (WalletStoreException unusable) {
      store.close();
      if (unusable.reason() == WalletStoreException.Reason.PASSPHRASE_NEEDED) {
        throw CommandFailure.usage(file + " is sealed: set " + PASSPHRASE);
      }
      throw unusable;
    }
  }
}
