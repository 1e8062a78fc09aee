package io.tallystick.protocol.tap;

import io.tallystick.protocol.authorisation.AuthorisationTerms;
import io.tallystick.protocol.authorisation.AuthorisationVerifier;
import io.tallystick.protocol.authorisation.CertificateExpiry;
import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.IssuerNumber;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.authorisation.OfflineAllowance;
import io.tallystick.protocol.crypto.Digest;
import io.tallystick.protocol.crypto.Sm3;
import io.tallystick.protocol.fixture.Sample;
import io.tallystick.protocol.fixture.SeededRandom;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.KeyEpoch;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.Nonce;
import io.tallystick.protocol.model.TerminalId;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A tap at a terminal with exactly these faults and no others. */
final class FaultyTap {
  private static final Money AMOUNT = Money.of(1_000, "CNY");
  private static final Digest OTHER = Sm3.hash(new byte[] {1});

  private final SeededRandom random = new SeededRandom("faulty tap");
  private final Set<TapStatus> faults;

  FaultyTap(Set<TapStatus> faults) {
    this.faults = faults;
  }

  TapTokenVerifier verifier() {
    AuthorisationVerifier authorisations = AuthorisationVerifier.trusting(Sample.ROOT.publicKey());
    return new TapTokenVerifier(
        has(TapStatus.ISSUER_NOT_ACCEPTED) ? authorisations.accepting(List.of()) : authorisations);
  }

  TapToken token() {
    DeviceAuthorisation authorisation = authorisation();
    TapBody body = body();
    TapToken good = TapToken.sign(authorisation, body, Sample.DEVICE, random);
    return has(TapStatus.DEVICE_SIGNATURE)
        ? new TapToken(authorisation, body, Sample.STRANGER.sign(good.encode(), random))
        : good;
  }

  TapCheck check() {
    TapCheck check =
        TapCheck.atTerminal(Sample.NOW, expected(), limits())
            .withDenyList(
                Sample.denyList(
                    1,
                    Sample.NOW,
                    has(TapStatus.DEVICE_DENIED)
                        ? Sample.DEVICE_ID.toString()
                        : "0123456789abcdee"));
    return check.withLastCounter(Counter.of(has(TapStatus.COUNTER_REPLAYED) ? 42 : 41));
  }

  private boolean has(TapStatus fault) {
    return faults.contains(fault);
  }

  private Money amount() {
    return has(TapStatus.CURRENCY_UNSUPPORTED) ? Money.of(1_000, "HKD") : AMOUNT;
  }

  private TapBody body() {
    TapRequest request =
        new TapRequest(
            Sample.MERCHANT,
            Sample.TERMINAL_ID,
            amount(),
            Nonce.parse("0000000000000001"),
            Sample.NOW,
            LogHead.GENESIS);
    return TapBody.answering(request)
        .counter(Counter.of(42))
        .createdAt(createdAt())
        .allowanceLeftMinor(allowanceLeft())
        .tapsSinceOnline(has(TapStatus.TAP_COUNT_EXCEEDED) ? 11 : 10)
        .walletHead(LogHead.GENESIS)
        .poweredOff(has(TapStatus.POWERED_OFF_NOT_ALLOWED))
        .build();
  }

  private Instant createdAt() {
    if (has(TapStatus.CREATED_IN_FUTURE)) {
      return Sample.NOW.plusSeconds(121);
    }
    // Too old and not expired: the age is limited to less than the skew allows.
    return has(TapStatus.EXPIRED) ? Sample.NOW.minusSeconds(180) : Sample.NOW.minusSeconds(100);
  }

  private long allowanceLeft() {
    long allowance = allowanceMinor();
    if (has(TapStatus.ALLOWANCE_MISSTATED)) {
      return allowance - AMOUNT.amountMinor() + 1;
    }
    return allowance - AMOUNT.amountMinor();
  }

  private long allowanceMinor() {
    // Below the amount, so that even a misstated allowance is at risk when it should be.
    return has(TapStatus.AT_RISK_REFUSED) ? 998 : 1_000;
  }

  private TapRequest expected() {
    return new TapRequest(
        has(TapStatus.MERCHANT_MISMATCH) ? MerchantId.of("M-OTHER") : Sample.MERCHANT,
        has(TapStatus.TERMINAL_MISMATCH) ? TerminalId.of("T-9999") : Sample.TERMINAL_ID,
        has(TapStatus.AMOUNT_MISMATCH) ? amount().plus(Money.of(1, amount().currency())) : amount(),
        Nonce.parse(has(TapStatus.NONCE_MISMATCH) ? "0000000000000002" : "0000000000000001"),
        Sample.NOW,
        has(TapStatus.TERMINAL_HEAD_MISMATCH) ? LogHead.GENESIS.append(OTHER) : LogHead.GENESIS);
  }

  private TapLimits limits() {
    String currency = amount().currency();
    return new TapLimits(
        Duration.ofSeconds(120),
        has(TapStatus.TOO_OLD) ? Duration.ofSeconds(99) : Duration.ofDays(1),
        Optional.of(Money.of(has(TapStatus.FLOOR_LIMIT_EXCEEDED) ? 999 : 1_000, currency)),
        has(TapStatus.AT_RISK_REFUSED) ? Optional.of(Money.of(999, currency)) : Optional.empty());
  }

  private DeviceAuthorisation authorisation() {
    IssuerCertificate certificate = certificate();
    AuthorisationTerms terms = terms();
    DeviceAuthorisation good = DeviceAuthorisation.sign(certificate, terms, Sample.ISSUER, random);
    return has(TapStatus.AUTHORISATION_SIGNATURE)
        ? new DeviceAuthorisation(certificate, terms, Sample.STRANGER.sign(good.encode(), random))
        : good;
  }

  private IssuerCertificate certificate() {
    YearMonth month = YearMonth.of(2026, has(TapStatus.ISSUER_EXPIRED) ? 2 : 3);
    return IssuerCertificate.sign(
        new IssuerCertificate.Subject(
            Sample.ISSUER_NUMBER,
            new CertificateExpiry.EndOfMonth(month),
            1,
            Sample.ISSUER.publicKey()),
        NetworkProfile.DEFAULT,
        1,
        has(TapStatus.ROOT_SIGNATURE) ? Sample.STRANGER : Sample.ROOT,
        random);
  }

  private AuthorisationTerms terms() {
    AuthorisationTerms terms =
        Sample.terms(
            has(TapStatus.ISSUER_NUMBER_MISMATCH)
                ? IssuerNumber.parse("99999999")
                : Sample.ISSUER_NUMBER,
            has(TapStatus.AUTHORISATION_EXPIRED) ? Sample.NOW : Sample.NOW.plusSeconds(1),
            new OfflineAllowance(Sample.DEVICE_ID, allowanceMinor(), 10, false, KeyEpoch.of(3)));
    return new AuthorisationTerms(
        terms.account(),
        terms.card(),
        terms.issuerNumber(),
        terms.platformNumber(),
        terms.cardType(),
        has(TapStatus.SINGLE_AMOUNT_EXCEEDED) ? 999 : 1_000,
        terms.deviceKey(),
        terms.expiresAt(),
        terms.codeValiditySeconds(),
        terms.allowance());
  }
}
