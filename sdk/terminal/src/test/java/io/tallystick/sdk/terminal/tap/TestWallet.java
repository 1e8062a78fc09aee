package io.tallystick.sdk.terminal.tap;

import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.CodeNetwork;
import io.tallystick.protocol.code.Seed;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.tap.LocationCell;
import io.tallystick.protocol.tap.TapCard;
import io.tallystick.sdk.terminal.TestPlatform;
import io.tallystick.sdk.wallet.Enrolment;
import io.tallystick.sdk.wallet.MonotonicClock;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.Wallet.Change;
import io.tallystick.sdk.wallet.WalletState;
import io.tallystick.sdk.wallet.WalletStore;
import io.tallystick.sdk.wallet.WalletTime;
import io.tallystick.sdk.wallet.tap.TapContext;
import io.tallystick.sdk.wallet.tap.TapPolicy;
import io.tallystick.sdk.wallet.tap.TapWallet;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A real wallet in memory, enrolled with a test platform. */
public final class TestWallet {
  private final SecureRandom random = new SecureRandom();
  private final DeviceId device = DeviceId.generate(random);
  private final Sm2PrivateKey key = Sm2PrivateKey.generate(random);
  private final DeviceAuthorisation authorisation;
  private final Wallet wallet;

  public TestWallet(TestPlatform platform, Clock clock) {
    Instant now = clock.instant();
    authorisation = platform.authorise(device, key.publicKey(), now.plus(Duration.ofDays(30)));
    wallet =
        Wallet.open(
            new Memory(), new WalletTime(clock, () -> new MonotonicClock.Reading("run", 0)));
    Enrolment enrolment =
        new Enrolment(
            "payer-1",
            "phone",
            key,
            authorisation,
            Seed.generate(random),
            Alias.generate(random),
            now.plus(Duration.ofDays(30)),
            CodeNetwork.DEFAULT);
    wallet.update(state -> new Change<>(state.enrolled(enrolment), true));
  }

  public DeviceId device() {
    return device;
  }

  public Sm2PrivateKey key() {
    return key;
  }

  public DeviceAuthorisation authorisation() {
    return authorisation;
  }

  public Wallet wallet() {
    return wallet;
  }

  public TapCard card() {
    return TapWallet.of(wallet, TapPolicy.DEFAULT, () -> TapContext.at(LocationCell.UNKNOWN))
        .card();
  }

  public CardChannel channel() {
    return card()::process;
  }

  private static final class Memory implements WalletStore {
    private Optional<WalletState> kept = Optional.empty();

    @Override
    public Optional<WalletState> load() {
      return kept;
    }

    @Override
    public void save(WalletState state) {
      kept = Optional.of(state);
    }

    @Override
    public void close() {}
  }
}
