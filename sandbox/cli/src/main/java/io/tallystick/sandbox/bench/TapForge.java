package io.tallystick.sandbox.bench;

import io.tallystick.protocol.authorisation.AuthorisationTerms;
import io.tallystick.protocol.authorisation.CardAccountNumber;
import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.OfflineAllowance;
import io.tallystick.protocol.authorisation.PlatformNumber;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.AccountNumber;
import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.KeyEpoch;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.Nonce;
import io.tallystick.protocol.tap.Receipt;
import io.tallystick.protocol.tap.ReceiptStatement;
import io.tallystick.protocol.tap.TapBody;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.tap.TapRequest;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.protocol.tap.TerminalDecision;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Makes the taps of one payer's device, as wallet and terminal would have made them: a real
/// authorisation, counters and both logs in order, both signatures.
final class TapForge {
  /// What is held for each device, minor units.
  static final long ALLOWANCE_MINOR = 20_000;

  static final Money AMOUNT = Money.of(100, "CNY");

  private static final int LARGEST_MINOR = 100_000;
  private static final int MOST_TAPS = 200;
  private static final int CODE_VALIDITY_SECONDS = 60;
  private static final Duration VALIDITY = Duration.ofDays(30);

  private final SecureRandom random = new SecureRandom();
  private final Sm2PrivateKey deviceKey = Sm2PrivateKey.generate(random);
  private final DeviceAuthorisation authorisation;
  private LogHead walletHead = LogHead.GENESIS;
  private int counter;

  /// Whoever issues authorisations.
  record Issuer(IssuerCertificate certificate, Sm2PrivateKey key) {}

  TapForge(int payer, Issuer issuer, Instant now) {
    AuthorisationTerms terms =
        new AuthorisationTerms(
            AccountNumber.of(BenchPayers.accountNumber(payer)),
            CardAccountNumber.parse("00000000000000000000"),
            issuer.certificate().issuerNumber(),
            PlatformNumber.parse("54530001"),
            0,
            LARGEST_MINOR,
            deviceKey.publicKey(),
            now.plus(VALIDITY).truncatedTo(ChronoUnit.SECONDS),
            CODE_VALIDITY_SECONDS,
            new OfflineAllowance(
                DeviceId.parse(BenchPayers.deviceId(payer)),
                ALLOWANCE_MINOR,
                MOST_TAPS,
                false,
                KeyEpoch.of(1)));
    this.authorisation =
        DeviceAuthorisation.sign(issuer.certificate(), terms, issuer.key(), random);
  }

  /// What the platform keeps of the device's key.
  Sm2PublicKey deviceKey() {
    return deviceKey.publicKey();
  }

  /// The wallet's answer to a request.
  TapToken answer(TapRequest request) {
    counter++;
    TapBody body =
        TapBody.answering(request)
            .counter(Counter.of(counter))
            .createdAt(request.time())
            .allowanceLeftMinor(ALLOWANCE_MINOR - counter * AMOUNT.amountMinor())
            .tapsSinceOnline(counter)
            .walletHead(walletHead)
            .build();
    TapToken token = TapToken.sign(authorisation, body, deviceKey, random);
    walletHead = walletHead.append(token.digest());
    return token;
  }

  /// What a till asks.
  TapRequest request(Tills.Till till, Instant at, LogHead tillHead) {
    return new TapRequest(
        till.merchant(), till.terminal(), AMOUNT, Nonce.generate(random), at, tillHead);
  }

  /// The till's half of a tap it took.
  TapHalf half(Tills.Till till, TapToken token) {
    ReceiptStatement statement =
        ReceiptStatement.about(
            token,
            TerminalDecision.ACCEPTED,
            token.body().createdAt(),
            till.receiptKey().publicKey(),
            Optional.empty());
    return TapHalf.ofTerminal(token, Receipt.sign(statement, till.receiptKey(), random));
  }
}
