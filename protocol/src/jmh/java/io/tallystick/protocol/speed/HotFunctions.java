package io.tallystick.protocol.speed;

import io.tallystick.protocol.authorisation.AuthorisationTerms;
import io.tallystick.protocol.authorisation.AuthorisationVerifier;
import io.tallystick.protocol.authorisation.CardAccountNumber;
import io.tallystick.protocol.authorisation.CertificateExpiry;
import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.IssuerNumber;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.authorisation.OfflineAllowance;
import io.tallystick.protocol.authorisation.PlatformNumber;
import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.protocol.code.OfflineCodes;
import io.tallystick.protocol.code.PaymentCode;
import io.tallystick.protocol.code.Seed;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2Signature;
import io.tallystick.protocol.crypto.Sm3;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.AccountNumber;
import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.KeyEpoch;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.Nonce;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.tap.TapBody;
import io.tallystick.protocol.tap.TapCheck;
import io.tallystick.protocol.tap.TapLimits;
import io.tallystick.protocol.tap.TapRequest;
import io.tallystick.protocol.tap.TapStatus;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.protocol.tap.TapTokenVerifier;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What every payment pays for: codes derived and matched, tokens read and checked, signatures. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class HotFunctions {
  private static final Money AMOUNT = Money.of(100, "CNY");

  private final SecureRandom random = new SecureRandom();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final byte[] message = new byte[400];
  private Seed seed;
  private Alias alias;
  private String password;
  private Sm2PrivateKey deviceKey;
  private Sm2Signature signature;
  private byte[] token;
  private TapToken parsed;
  private TapRequest request;
  private TapTokenVerifier remembering;
  private TapTokenVerifier cold;

  @Setup
  public void prepare() {
    seed = Seed.generate(random);
    alias = Alias.generate(random);
    PaymentCode.OfflineCode code = OfflineCodes.derive(seed, alias, now, 9);
    password = code.password();
    deviceKey = Sm2PrivateKey.generate(random);
    signature = deviceKey.sign(message, random);
    Sm2PrivateKey root = Sm2PrivateKey.generate(random);
    AuthorisationVerifier trust = AuthorisationVerifier.trusting(root.publicKey());
    cold = new TapTokenVerifier(trust);
    remembering = new TapTokenVerifier(trust.remembering(16));
    request =
        new TapRequest(
            MerchantId.of("m1"),
            TerminalId.of("t1"),
            AMOUNT,
            Nonce.generate(random),
            now,
            LogHead.GENESIS);
    token = sign(authorise(root)).encode();
    parsed = TapToken.parse(token);
  }

  private DeviceAuthorisation authorise(Sm2PrivateKey root) {
    Sm2PrivateKey issuer = Sm2PrivateKey.generate(random);
    IssuerNumber number = IssuerNumber.parse("54530001");
    YearMonth end = YearMonth.now(ZoneOffset.UTC).plusYears(1);
    IssuerCertificate certificate =
        IssuerCertificate.sign(
            new IssuerCertificate.Subject(
                number, new CertificateExpiry.EndOfMonth(end), 1, issuer.publicKey()),
            NetworkProfile.DEFAULT,
            1,
            root,
            random);
    AuthorisationTerms terms =
        new AuthorisationTerms(
            AccountNumber.of("6200000000000001"),
            CardAccountNumber.parse("00000000000000000000"),
            number,
            PlatformNumber.parse("54530001"),
            0,
            100_000,
            deviceKey.publicKey(),
            now.plus(Duration.ofDays(30)),
            60,
            new OfflineAllowance(
                DeviceId.parse("00000000000000a1"), 20_000, 20, false, KeyEpoch.of(1)));
    return DeviceAuthorisation.sign(certificate, terms, issuer, random);
  }

  private TapToken sign(DeviceAuthorisation authorisation) {
    TapBody body =
        TapBody.answering(request)
            .counter(Counter.of(1))
            .createdAt(now)
            .allowanceLeftMinor(19_900)
            .walletHead(LogHead.GENESIS)
            .build();
    return TapToken.sign(authorisation, body, deviceKey, random);
  }

  /** The wallet: one code. */
  @Benchmark
  public PaymentCode codeDerive() {
    return OfflineCodes.derive(seed, alias, now, 3);
  }

  /** seed-service: all thirty candidates, whatever the password. */
  @Benchmark
  public CodeMoment codeMatch() {
    return OfflineCodes.match(seed, password, now).orElseThrow();
  }

  @Benchmark
  public TapToken tokenParse() {
    return TapToken.parse(token);
  }

  /** The terminal: from bytes to a decision, the customer known. */
  @Benchmark
  public TapStatus tokenCheck() {
    return good(remembering.verify(TapToken.parse(token), check()));
  }

  /** As [tokenCheck], nothing remembered: three signatures. */
  @Benchmark
  public TapStatus tokenCheckCold() {
    return good(cold.verify(TapToken.parse(token), check()));
  }

  @Benchmark
  public boolean sm2Verify() {
    return deviceKey.publicKey().verify(message, signature);
  }

  @Benchmark
  public Sm2Signature sm2Sign() {
    return deviceKey.sign(message, random);
  }

  @Benchmark
  public Object sm3Of400Bytes() {
    return Sm3.hash(message);
  }

  @Benchmark
  public byte[] tokenEncode() {
    return parsed.encode();
  }

  private TapCheck check() {
    return TapCheck.atTerminal(now, request, TapLimits.DEFAULT);
  }

  private static TapStatus good(TapStatus status) {
    if (status != TapStatus.GOOD) {
      throw new AssertionError("a good token is refused: " + status);
    }
    return status;
  }
}
