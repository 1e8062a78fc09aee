package io.tallystick.sdk.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.protocol.code.PaymentCode;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.Nonce;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.protocol.tap.LocationCell;
import io.tallystick.protocol.tap.Receipt;
import io.tallystick.protocol.tap.ReceiptStatement;
import io.tallystick.protocol.tap.TapRequest;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.protocol.tap.TerminalDecision;
import io.tallystick.sdk.wallet.Wallet.Change;
import io.tallystick.sdk.wallet.tap.TapContext;
import io.tallystick.sdk.wallet.tap.TapPolicy;
import io.tallystick.sdk.wallet.tap.TapWallet;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link WalletStore} does; run for the fake and for the file. */
public abstract class WalletStoreContract {
  protected static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** The one store, opened again each time. */
  protected abstract WalletStore open();

  @Test
  void startsEmpty() {
    try (WalletStore store = open()) {
      assertThat(store.load()).isEmpty();
    }
  }

  @Test
  void givesBackEverythingThatWasSaved() {
    WalletState saved = everything();
    try (WalletStore store = open()) {
      store.save(WalletState.EMPTY);
      store.save(saved);
    }
    try (WalletStore store = open()) {
      assertSame(store.load().orElseThrow(), saved);
    }
  }

  @Test
  void givesBackAnEmptyWallet() {
    try (WalletStore store = open()) {
      store.save(WalletState.EMPTY);
    }
    try (WalletStore store = open()) {
      assertThat(store.load()).contains(WalletState.EMPTY);
    }
  }

  /** Every member set, every kind of upload. */
  public static WalletState everything() {
    SecureRandom random = new SecureRandom();
    MemoryWalletStore store = new MemoryWalletStore();
    TestTime time = new TestTime(NOON);
    Wallet wallet = Wallet.open(store, time.walletTime());
    Enrolment enrolment = new TestIssuer().enrol(10_000, 20, NOON.plusSeconds(86_400));
    wallet.update(state -> new Change<>(state.enrolled(enrolment), true));
    TapWallet taps =
        TapWallet.of(wallet, TapPolicy.DEFAULT, () -> TapContext.at(LocationCell.UNKNOWN));
    for (int i = 0; i < 5; i++) {
      taps.answer(
          new TapRequest(
              MerchantId.of("shop-1"),
              TerminalId.of("till-1"),
              Money.of(100 + i, "CNY"),
              Nonce.generate(random),
              NOON,
              LogHead.GENESIS));
    }
    WalletState state = wallet.state();
    List<KeptTap.Upload> uploads =
        List.of(
            new KeptTap.Upload.Waiting(),
            new KeptTap.Upload.Accepted("tap_1"),
            new KeptTap.Upload.Conflict("evidence-1"),
            new KeptTap.Upload.Refused("device_signature", "The token is not signed."));
    for (int i = 0; i < uploads.size(); i++) {
      KeptTap.Upload upload = uploads.get(i);
      TokenSerial serial = state.taps().get(i).serial();
      state =
          state.withTapChanged(
              serial, tap -> tap.withReceipt(receipt(tap.token(), random)).withUpload(upload));
    }
    return state
        .withPending(
            new PendingRequest(
                PendingRequest.Kind.ENROL, "key-1", "{\"a\":1}", Sm2PrivateKey.generate(random)))
        .withCodeUse(
            new CodeUse(
                new CodeMoment(29_541_600, 3),
                new CodeUse.OnlineShown(
                    new PaymentCode.OnlineCode("37123456789012345678"), NOON.plusSeconds(60))))
        .withServerTimeSeen(new ServerTimeSeen(NOON, new MonotonicClock.Reading("run-1", 17)))
        .withInboxSeen(42)
        .withAttachment("passkey", "AAEC");
  }

  private static Receipt receipt(TapToken token, SecureRandom random) {
    Sm2PrivateKey key = Sm2PrivateKey.generate(random);
    return Receipt.sign(
        ReceiptStatement.about(
            token, TerminalDecision.ACCEPTED, NOON, key.publicKey(), Optional.empty()),
        key,
        random);
  }

  /** Private keys compare by identity, so they are compared by their bytes. */
  protected static void assertSame(WalletState actual, WalletState expected) {
    assertThat(actual)
        .usingRecursiveComparison()
        .withEqualsForType(
            (a, b) -> java.util.Arrays.equals(a.toBytes(), b.toBytes()), Sm2PrivateKey.class)
        .withEqualsForType(Object::equals, io.tallystick.protocol.code.Seed.class)
        .withEqualsForType(Object::equals, TapToken.class)
        .withEqualsForType(Object::equals, Receipt.class)
        .withEqualsForType(
            Object::equals, io.tallystick.protocol.authorisation.DeviceAuthorisation.class)
        .isEqualTo(expected);
  }
}
