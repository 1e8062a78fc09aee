package io.tallystick.verify.testing;

import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.Nonce;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.tap.Receipt;
import io.tallystick.protocol.tap.ReceiptStatement;
import io.tallystick.protocol.tap.TapBody;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.tap.TapRequest;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.protocol.tap.TerminalDecision;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/// Makes taps as a wallet and a terminal make them.
public final class Taps {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Taps() {}

  /// A tap and both halves of it.
  public record Tap(TapToken token, Receipt receipt) {
    public byte[] terminalHalf() {
      return TapHalf.ofTerminal(token, receipt).encode();
    }

    public byte[] walletHalf() {
      return TapHalf.ofWallet(token, Optional.of(receipt)).encode();
    }

    public byte[] walletHalfWithoutReceipt() {
      return TapHalf.ofWallet(token, Optional.empty()).encode();
    }

    public String paymentId() {
      return "tap_" + token.serial();
    }
  }

  public static Tap tap(
      Wallet wallet, TestTerminal terminal, long counter, long minor, Instant at) {
    TapToken token =
        token(wallet.deviceKey(), wallet.authorisation(), terminal, counter, minor, at);
    return new Tap(token, receipt(token, terminal.key(), at, TerminalDecision.ACCEPTED));
  }

  public static TapToken token(
      Sm2PrivateKey deviceKey,
      DeviceAuthorisation authorisation,
      TestTerminal terminal,
      long counter,
      long minor,
      Instant at) {
    TapRequest request =
        new TapRequest(
            MerchantId.of(terminal.merchantId()),
            TerminalId.of(terminal.terminalId()),
            Money.of(minor, "CNY"),
            Nonce.generate(RANDOM),
            at,
            LogHead.GENESIS);
    TapBody body =
        TapBody.answering(request)
            .counter(Counter.of(counter))
            .createdAt(at)
            .allowanceLeftMinor(50_000 - minor)
            .walletHead(LogHead.GENESIS)
            .build();
    return TapToken.sign(authorisation, body, deviceKey, RANDOM);
  }

  public static Receipt receipt(
      TapToken token, Sm2PrivateKey terminalKey, Instant at, TerminalDecision decision) {
    return Receipt.sign(
        ReceiptStatement.about(token, decision, at, terminalKey.publicKey(), Optional.empty()),
        terminalKey,
        RANDOM);
  }
}
