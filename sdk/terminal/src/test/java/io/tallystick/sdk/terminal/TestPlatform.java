package io.tallystick.sdk.terminal;

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
import io.tallystick.protocol.deny.DenyList;
import io.tallystick.protocol.model.AccountNumber;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.KeyEpoch;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.pack.PackContent;
import io.tallystick.protocol.pack.TerminalPack;
import io.tallystick.protocol.pack.TerminalPolicy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;

/** A root, an issuer and what they sign, for tests. */
public final class TestPlatform {
  public static final int LARGEST_SINGLE_AMOUNT_MINOR = 100_000;
  public static final long FLOOR_LIMIT_MINOR = 50_000;
  public static final long AT_RISK_LIMIT_MINOR = 2_000;

  private final SecureRandom random = new SecureRandom();
  private final Sm2PrivateKey root;
  private final Sm2PrivateKey issuer = Sm2PrivateKey.generate(random);
  private final IssuerCertificate certificate;

  public TestPlatform() {
    this(Sm2PrivateKey.generate(new SecureRandom()), 1);
  }

  private TestPlatform(Sm2PrivateKey root, int serial) {
    this.root = root;
    this.certificate =
        IssuerCertificate.sign(
            new IssuerCertificate.Subject(
                new IssuerNumber(0x10000001),
                new CertificateExpiry.EndOfMonth(YearMonth.of(2099, 12)),
                serial,
                issuer.publicKey()),
            NetworkProfile.DEFAULT,
            1,
            root,
            random);
  }

  /** Another issuer under the same root. */
  public TestPlatform otherIssuer() {
    return new TestPlatform(root, 2);
  }

  public Sm2PublicKey root() {
    return root.publicKey();
  }

  public TerminalIdentity identity() {
    return new TerminalIdentity(
        MerchantId.of("shop-1"),
        TerminalId.of("till-1"),
        Sm2PrivateKey.generate(random),
        root.publicKey());
  }

  /** A pack and its deny list, made at this time. */
  public TerminalPack pack(long version, Instant at, DeviceId... denied) {
    return pack(version, at, Duration.ofHours(24), denied);
  }

  public TerminalPack pack(long version, Instant at, Duration maxDenyListAge, DeviceId... denied) {
    DenyList denyList = DenyList.sign(version, at, List.of(denied), certificate, issuer, random);
    TerminalPolicy policy =
        new TerminalPolicy(
            maxDenyListAge,
            Duration.ofDays(30),
            Duration.ofMinutes(2),
            AT_RISK_LIMIT_MINOR,
            List.of(Money.of(FLOOR_LIMIT_MINOR, "CNY")));
    return TerminalPack.sign(
        new PackContent(version, at, root.publicKey(), List.of(certificate), policy, denyList),
        issuer,
        random);
  }

  /** An authorisation good until then, for 100.00 CNY and twenty taps. */
  public DeviceAuthorisation authorise(DeviceId device, Sm2PublicKey key, Instant expiresAt) {
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
            new OfflineAllowance(device, 10_000, 20, false, new KeyEpoch(1))),
        issuer,
        random);
  }
}
