package io.tallystick.sdk.wallet;

import io.tallystick.protocol.authorisation.AuthorisationTerms;
import io.tallystick.protocol.authorisation.CardAccountNumber;
import io.tallystick.protocol.authorisation.CertificateExpiry;
import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.IssuerNumber;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.authorisation.OfflineAllowance;
import io.tallystick.protocol.authorisation.PlatformNumber;
import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.CodeNetwork;
import io.tallystick.protocol.code.Seed;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.model.AccountNumber;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.KeyEpoch;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.YearMonth;

/** A root and an issuer of their own, for tests. */
public final class TestIssuer {
  public static final int LARGEST_SINGLE_AMOUNT_MINOR = 100_000;

  private final SecureRandom random = new SecureRandom();
  private final Sm2PrivateKey root = Sm2PrivateKey.generate(random);
  private final Sm2PrivateKey issuer = Sm2PrivateKey.generate(random);
  private final IssuerCertificate certificate =
      IssuerCertificate.sign(
          new IssuerCertificate.Subject(
              new IssuerNumber(0x10000001),
              new CertificateExpiry.EndOfMonth(YearMonth.of(2099, 12)),
              1,
              issuer.publicKey()),
          NetworkProfile.DEFAULT,
          1,
          root,
          random);

  public Sm2PublicKey root() {
    return root.publicKey();
  }

  public IssuerCertificate certificate() {
    return certificate;
  }

  public DeviceAuthorisation authorise(
      DeviceId device, Sm2PublicKey key, long allowanceMinor, int maxTaps, Instant expiresAt) {
    return DeviceAuthorisation.sign(
        certificate,
        new AuthorisationTerms(
            new AccountNumber("8041733902518467"),
            new CardAccountNumber("0".repeat(20)),
            new IssuerNumber(0x10000001),
            new PlatformNumber(1),
            0,
            LARGEST_SINGLE_AMOUNT_MINOR,
            key,
            expiresAt,
            60,
            new OfflineAllowance(device, allowanceMinor, maxTaps, false, new KeyEpoch(1))),
        issuer,
        random);
  }

  /** A device with a new key and seed. */
  public Enrolment enrol(long allowanceMinor, int maxTaps, Instant expiresAt) {
    Sm2PrivateKey key = Sm2PrivateKey.generate(random);
    return enrol(DeviceId.generate(random), key, allowanceMinor, maxTaps, expiresAt);
  }

  /** A device with a new seed. */
  public Enrolment enrol(
      DeviceId device, Sm2PrivateKey key, long allowanceMinor, int maxTaps, Instant expiresAt) {
    return new Enrolment(
        "payer-1",
        "phone",
        key,
        authorise(device, key.publicKey(), allowanceMinor, maxTaps, expiresAt),
        Seed.generate(random),
        Alias.generate(random),
        expiresAt,
        CodeNetwork.DEFAULT);
  }
}
