package io.tallystick.verify.testing;

import io.tallystick.protocol.authorisation.AuthorisationTerms;
import io.tallystick.protocol.authorisation.CardAccountNumber;
import io.tallystick.protocol.authorisation.CertificateExpiry;
import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.IssuerNumber;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.authorisation.OfflineAllowance;
import io.tallystick.protocol.authorisation.PlatformNumber;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.model.AccountNumber;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.KeyEpoch;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;

/// A root, an issuer it certified, and what the issuer signs.
public final class Issuer {
  private static final IssuerNumber NUMBER = new IssuerNumber(0x2468);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Sm2PrivateKey root = Sm2PrivateKey.generate(RANDOM);
  private final Sm2PrivateKey key = Sm2PrivateKey.generate(RANDOM);
  private final IssuerCertificate certificate =
      IssuerCertificate.sign(
          new IssuerCertificate.Subject(
              NUMBER, new CertificateExpiry.EndOfMonth(YearMonth.of(2040, 12)), 1, key.publicKey()),
          NetworkProfile.DEFAULT,
          1,
          root,
          RANDOM);

  public Sm2PublicKey root() {
    return root.publicKey();
  }

  public IssuerCertificate certificate() {
    return certificate;
  }

  public Sm2PrivateKey key() {
    return key;
  }

  /// An authorisation for a year with an allowance of 500.00 and at most 300.00 for one tap.
  public DeviceAuthorisation authorise(DeviceId device, Sm2PublicKey deviceKey, String account) {
    AuthorisationTerms terms =
        new AuthorisationTerms(
            AccountNumber.of(account),
            CardAccountNumber.parse("00000000000000000000"),
            NUMBER,
            new PlatformNumber(1),
            1,
            30_000,
            deviceKey,
            Instant.now().plus(365, ChronoUnit.DAYS),
            60,
            new OfflineAllowance(device, 50_000, 200, false, new KeyEpoch(1)));
    return DeviceAuthorisation.sign(certificate, terms, key, RANDOM);
  }
}
