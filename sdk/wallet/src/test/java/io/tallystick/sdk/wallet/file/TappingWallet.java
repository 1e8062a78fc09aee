package io.tallystick.sdk.wallet.file;

import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.Nonce;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.tap.LocationCell;
import io.tallystick.protocol.tap.TapAnswer;
import io.tallystick.protocol.tap.TapRequest;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.Wallet.Change;
import io.tallystick.sdk.wallet.WalletState;
import io.tallystick.sdk.wallet.WalletStore;
import io.tallystick.sdk.wallet.WalletTime;
import io.tallystick.sdk.wallet.tap.TapContext;
import io.tallystick.sdk.wallet.tap.TapPolicy;
import io.tallystick.sdk.wallet.tap.TapWallet;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A process that taps until it is killed and prints every token the moment it is released, one to a
 * line with a full stop behind. It can be told to halt at a save, before or after it is done.
 */
final class TappingWallet {
  private static final int TAPS = 60;

  private TappingWallet() {}

  public static void main(String[] arguments) {
    WalletStore store = new HaltingStore(FileWalletStore.open(Path.of(arguments[0])), arguments[1]);
    Wallet wallet = Wallet.open(store, WalletTime.ofHost());
    TapWallet taps =
        TapWallet.of(wallet, TapPolicy.DEFAULT, () -> TapContext.at(LocationCell.UNKNOWN));
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < TAPS; i++) {
      TapAnswer answer =
          taps.answer(
              new TapRequest(
                  MerchantId.of("shop-1"),
                  TerminalId.of("till-1"),
                  Money.of(1 + random.nextInt(500), "CNY"),
                  Nonce.generate(random),
                  Instant.now(),
                  LogHead.GENESIS));
      byte[] token = ((TapAnswer.Signed) answer).token().encode();
      System.out.println(HexFormat.of().formatHex(token) + ".");
      // The limits are not what is tested here.
      wallet.update(state -> new Change<>(state.withTapUse(state.tapUse().online()), true));
    }
    Runtime.getRuntime().halt(9);
  }

  /** Dies at the n-th save: {@code before:n}, {@code after:n} or {@code never}. */
  private static final class HaltingStore implements WalletStore {
    private final WalletStore store;
    private final String moment;
    private int saves;

    HaltingStore(WalletStore store, String moment) {
      this.store = store;
      this.moment = moment;
    }

    @Override
    public Optional<WalletState> load() {
      return store.load();
    }

    @Override
    public void save(WalletState state) {
      saves++;
      haltIf("before:" + saves);
      store.save(state);
      haltIf("after:" + saves);
    }

    @Override
    public void close() {
      store.close();
    }

    private void haltIf(String now) {
      if (now.equals(moment)) {
        Runtime.getRuntime().halt(9);
      }
    }
  }
}
