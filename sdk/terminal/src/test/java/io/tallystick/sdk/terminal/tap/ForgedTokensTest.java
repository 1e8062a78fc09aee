package io.tallystick.sdk.terminal.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm3;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.Nonce;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.pack.PackStatus;
import io.tallystick.protocol.tap.Receipt;
import io.tallystick.protocol.tap.TapAnswer;
import io.tallystick.protocol.tap.TapBody;
import io.tallystick.protocol.tap.TapBodyBuilder;
import io.tallystick.protocol.tap.TapCard;
import io.tallystick.protocol.tap.TapRequest;
import io.tallystick.protocol.tap.TapStatus;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.sdk.terminal.Terminal;
import io.tallystick.sdk.terminal.TestPlatform;
import io.tallystick.sdk.terminal.journal.TerminalJournal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every token that a terminal has to refuse, each wrong in one thing, spoken over APDUs. */
class ForgedTokensTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final TestPlatform PLATFORM = new TestPlatform();
  private static final Sm2PrivateKey KEY = Sm2PrivateKey.generate(RANDOM);
  private static final DeviceId DEVICE = DeviceId.generate(RANDOM);
  private static final DeviceAuthorisation GOOD =
      PLATFORM.authorise(DEVICE, KEY.publicKey(), NOON.plus(Duration.ofDays(1)));

  @TempDir Path folder;

  private final List<Receipt> told = new ArrayList<>();
  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal =
        Terminal.open(
            PLATFORM.identity(),
            TerminalJournal.open(folder.resolve("till.journal")),
            Clock.fixed(NOON, ZoneOffset.UTC));
    assertThat(terminal.install(PLATFORM.pack(1, NOON).encode())).isEqualTo(PackStatus.GOOD);
  }

  @AfterEach
  void close() {
    terminal.close();
  }

  private record Forgery(Function<TapRequest, TapToken> token) {}

  static Stream<Arguments> forgeries() {
    TestPlatform stranger = new TestPlatform();
    return Stream.of(
        Arguments.of(
            TapStatus.ROOT_SIGNATURE,
            authorised(stranger.authorise(DEVICE, KEY.publicKey(), later()))),
        Arguments.of(
            TapStatus.ISSUER_NOT_ACCEPTED,
            authorised(PLATFORM.otherIssuer().authorise(DEVICE, KEY.publicKey(), later()))),
        Arguments.of(TapStatus.AUTHORISATION_SIGNATURE, authorised(unsigned())),
        Arguments.of(
            TapStatus.AUTHORISATION_EXPIRED,
            authorised(PLATFORM.authorise(DEVICE, KEY.publicKey(), NOON))),
        Arguments.of(TapStatus.DEVICE_SIGNATURE, new Forgery(ForgedTokensTest::signedForAnother)),
        Arguments.of(
            TapStatus.MERCHANT_MISMATCH,
            asked(r ->
                request(
                    MerchantId.of("shop-2"),
                    r.terminal(),
                    r.amount(),
                    r.nonce(),
                    r.terminalHead()))),
        Arguments.of(
            TapStatus.TERMINAL_MISMATCH,
            asked(r ->
                request(
                    r.merchant(),
                    TerminalId.of("till-2"),
                    r.amount(),
                    r.nonce(),
                    r.terminalHead()))),
        Arguments.of(
            TapStatus.AMOUNT_MISMATCH,
            asked(r ->
                request(
                    r.merchant(), r.terminal(), Money.of(1, "CNY"), r.nonce(), r.terminalHead()))),
        Arguments.of(
            TapStatus.NONCE_MISMATCH,
            asked(r ->
                request(
                    r.merchant(),
                    r.terminal(),
                    r.amount(),
                    Nonce.generate(RANDOM),
                    r.terminalHead()))),
        Arguments.of(
            TapStatus.TERMINAL_HEAD_MISMATCH,
            asked(r ->
                request(
                    r.merchant(),
                    r.terminal(),
                    r.amount(),
                    r.nonce(),
                    LogHead.GENESIS.append(Sm3.hash(new byte[1]))))),
        Arguments.of(TapStatus.CREATED_IN_FUTURE, stated(b -> b.createdAt(NOON.plusSeconds(121)))),
        Arguments.of(TapStatus.EXPIRED, stated(b -> b.createdAt(NOON.minusSeconds(181)))),
        Arguments.of(TapStatus.TAP_COUNT_EXCEEDED, stated(b -> b.tapsSinceOnline(21))),
        Arguments.of(TapStatus.ALLOWANCE_MISSTATED, stated(b -> b.allowanceLeftMinor(10_000))),
        Arguments.of(TapStatus.POWERED_OFF_NOT_ALLOWED, stated(b -> b.poweredOff(true))),
        Arguments.of(TapStatus.AT_RISK_REFUSED, stated(b -> b.allowanceLeftMinor(-1))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgeries")
  void refuses(TapStatus status, Forgery forgery) {
    TapOutcome outcome = present(forgery.token());

    assertThat(outcome).isInstanceOf(TapOutcome.Refused.class);
    assertThat(((TapOutcome.Refused) outcome).status()).isEqualTo(status);
    assertThat(told.get(0).accepted()).as("the signed receipt").isFalse();
    assertThat(terminal.journal().waiting()).isEmpty();
  }

  @Test
  void takesTheTokenThatTheForgeriesStartFrom() {
    assertThat(present(stated(b -> b).token())).isInstanceOf(TapOutcome.Accepted.class);
  }

  @Test
  void refusesACounterThatWasSeen() {
    present(stated(b -> b.counter(Counter.of(9))).token());
    for (long counter : new long[] {9, 8, 1}) {
      TapOutcome outcome = present(stated(b -> b.counter(Counter.of(counter))).token());
      assertThat(((TapOutcome.Refused) outcome).status()).isEqualTo(TapStatus.COUNTER_REPLAYED);
    }
    assertThat(terminal.journal().waiting()).hasSize(1);
  }

  @Test
  void aTokenThatAnswersNoRequestHasNoPlaceInTheLog() {
    LogHead before = terminal.journal().head();
    present(
        asked(r ->
                request(
                    r.merchant(),
                    r.terminal(),
                    r.amount(),
                    Nonce.generate(RANDOM),
                    r.terminalHead()))
            .token());
    assertThat(terminal.journal().head()).isEqualTo(before);
  }

  private TapOutcome present(Function<TapRequest, TapToken> forge) {
    TapCard.Wallet forger =
        new TapCard.Wallet() {
          @Override
          public TapAnswer answer(TapRequest request) {
            return new TapAnswer.Signed(forge.apply(request));
          }

          @Override
          public void keepReceipt(TapToken token, Receipt receipt) {
            told.add(receipt);
          }
        };
    return terminal.take(new TapCard(forger)::process, Money.of(2_500, "CNY"));
  }

  private static Forgery authorised(DeviceAuthorisation authorisation) {
    return new Forgery(request -> sign(authorisation, body(request, b -> b)));
  }

  private static Forgery asked(UnaryOperator<TapRequest> other) {
    return new Forgery(request -> sign(GOOD, body(other.apply(request), b -> b)));
  }

  private static Forgery stated(UnaryOperator<TapBodyBuilder> other) {
    return new Forgery(request -> sign(GOOD, body(request, other)));
  }

  private static TapBody body(TapRequest request, UnaryOperator<TapBodyBuilder> other) {
    return other
        .apply(
            TapBody.answering(request)
                .counter(Counter.of(1))
                .createdAt(NOON)
                .allowanceLeftMinor(7_500)
                .walletHead(LogHead.GENESIS))
        .build();
  }

  private static TapToken sign(DeviceAuthorisation authorisation, TapBody body) {
    return TapToken.sign(authorisation, body, KEY, RANDOM);
  }

  /** A good signature, over another body. */
  private static TapToken signedForAnother(TapRequest request) {
    TapToken other = sign(GOOD, body(request, b -> b.counter(Counter.of(2))));
    return new TapToken(GOOD, body(request, b -> b), other.signature());
  }

  /** Another device's terms under a signature that is not for them. */
  private static DeviceAuthorisation unsigned() {
    DeviceAuthorisation other =
        PLATFORM.authorise(DeviceId.generate(RANDOM), KEY.publicKey(), later());
    return new DeviceAuthorisation(GOOD.issuer(), GOOD.terms(), other.signature());
  }

  private static TapRequest request(
      MerchantId merchant, TerminalId terminal, Money amount, Nonce nonce, LogHead head) {
    return new TapRequest(merchant, terminal, amount, nonce, NOON, head);
  }

  private static Instant later() {
    return NOON.plus(Duration.ofDays(1));
  }
}
