package io.tallystick.verify.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.verify.v1.GetTerminalPackRequest;
import io.tallystick.api.verify.v1.ListTerminalsRequest;
import io.tallystick.api.verify.v1.RegisterTerminalRequest;
import io.tallystick.api.verify.v1.RetireTerminalRequest;
import io.tallystick.api.verify.v1.RetireTerminalResponse;
import io.tallystick.kit.proto.ProtoTime;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.verify.intake.TapIntake;
import io.tallystick.verify.tap.HalfResult;
import io.tallystick.verify.tap.Uploader;
import io.tallystick.verify.terminal.postgres.PostgresRetirements;
import io.tallystick.verify.testing.Parallel;
import io.tallystick.verify.testing.Statuses;
import io.tallystick.verify.testing.TapUpload;
import io.tallystick.verify.testing.Taps;
import io.tallystick.verify.testing.Taps.Tap;
import io.tallystick.verify.testing.TestTerminal;
import io.tallystick.verify.testing.VerifyIT;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A terminal that was taken out of force. Where a test retires it in the database alone, it does
/// what this replica sees of a retirement that another replica was asked for.
@QuarkusTest
class RetiredTerminalIT extends VerifyIT {
  private static final long TWO_SECONDS = 2_000_000_000L;

  @Inject TapIntake intake;

  private Instant now;

  @BeforeEach
  void takeTheTime() {
    now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /// Everything a terminal can ask.
  enum Method {
    PAY_BY_CODE,
    QUERY_PAYMENT,
    REVERSE_PAYMENT,
    REFUND_PAYMENT,
    SUBMIT_TAPS,
    GET_TERMINAL_PACK
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedByEveryMethodWithinTwoSeconds(Method method) {
    call(method, 0);
    retireElsewhere(clock.instant());
    long retired = System.nanoTime();

    Statuses refused = null;
    long began = retired;
    for (int number = 1; refused == null && began - retired < TWO_SECONDS; number++) {
      began = System.nanoTime();
      refused = refusal(method, number);
    }

    assertThat(refused).as("refused within two seconds").isNotNull();
    assertThat(refused.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(refused.reason()).isEqualTo("TERMINAL_RETIRED");
  }

  @Test
  void isRefusedAtOnceWhereItWasRetired() {
    terminal.query(order);

    retire("stolen");

    for (Method method : Method.values()) {
      assertThat(refusal(method, 1).reason()).as(method.name()).isEqualTo("TERMINAL_RETIRED");
    }
  }

  @Test
  void losesItsOpenStreamWithinTwoSeconds() throws Exception {
    TapUpload idle = TapUpload.open(terminal);
    TapUpload used = TapUpload.open(terminal);
    used.send(1, Taps.tap(wallet, terminal, 1, 100, now).terminalHalf());
    TestTerminal neighbour = terminals.register(terminal.merchantId(), "t2");
    TapUpload other = TapUpload.open(neighbour);

    retireElsewhere(clock.instant());

    for (TapUpload upload : List.of(idle, used)) {
      assertThat(upload.done())
          .failsWithin(Duration.ofSeconds(5))
          .withThrowableThat()
          .withMessageContaining("PERMISSION_DENIED: this terminal was retired");
    }
    other.send(1, Taps.tap(wallet, neighbour, 2, 100, now).terminalHalf());
    assertThat(other.finish().get(1L).hasAccepted()).isTrue();
  }

  @Test
  void opensNoStreamToHoldAPlace() {
    retire("stolen");

    assertThat(TapUpload.open(terminal).done())
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .withMessageContaining("this terminal was retired");
  }

  @Test
  void staysOutWithACertificateIssuedLater() {
    retire("stolen");

    TestTerminal renewed =
        terminals.unregistered(terminal.merchantId(), terminal.terminalId(), terminal.key());

    assertThat(Statuses.of(() -> renewed.query(order)).reason()).isEqualTo("TERMINAL_RETIRED");
  }

  @Test
  void leavesItsOrdersToTheMerchantsOtherTerminals() {
    terminal.pay(order, wallet.code(clock.instant(), 0), 500);
    TestTerminal neighbour = terminals.register(terminal.merchantId(), "t2");

    retire("lost");

    assertThat(neighbour.query(order).hasPaid()).isTrue();
    assertThat(neighbour.refund(order, "refund-1", 500).hasRefunded()).isTrue();
  }

  @Test
  void aWalletBringsTapsFromBeforeAndNoneFromAfter() throws Exception {
    Instant retiredAt = now.plusSeconds(60);
    Tap before = Taps.tap(wallet, terminal, 1, 100, now.plusSeconds(59));
    Tap after = Taps.tap(wallet, terminal, 2, 100, retiredAt);
    Tap standing = Taps.tap(wallet, terminal, 3, 100, now.plusSeconds(90));
    TapUpload.of(terminal, standing.terminalHalf());
    clock.advance(Duration.ofMinutes(2));
    retireElsewhere(retiredAt);
    clock.advance(Duration.ofMinutes(1));
    waitUntilRefused();

    assertThat(fromWallet(before)).isInstanceOf(HalfResult.Accepted.class);
    assertThat(fromWallet(after))
        .isInstanceOfSatisfying(
            HalfResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo("terminal_retired"));
    assertThat(fromWallet(standing)).isInstanceOf(HalfResult.Accepted.class);
    assertThat(outbox.received(wallet.payerId())).hasSize(3);
  }

  @Test
  void keepsHalvesThatItHadNotUploaded() {
    Tap before = Taps.tap(wallet, terminal, 1, 100, now);
    retire("stolen");

    TapUpload upload = TapUpload.open(terminal);
    upload.send(1, before.terminalHalf());

    assertThat(upload.done()).failsWithin(Duration.ofSeconds(10));
    assertThat(upload.answers()).isEmpty();
    assertThat(outbox.received(wallet.payerId())).isEmpty();
  }

  @Test
  void isRetiredOnce() throws Exception {
    RetireTerminalRequest request = request("stolen in the night").build();
    var admin = terminals.admin();

    List<RetireTerminalResponse> answers =
        Parallel.run(8, _ -> () -> admin.retireTerminal(request));
    clock.advance(Duration.ofMinutes(1));
    RetireTerminalResponse laterWithAnotherKey =
        admin.retireTerminal(
            request.toBuilder().setIdempotencyKey("another").setReason("again").build());

    assertThat(answers).containsOnly(laterWithAnotherKey);
    assertThat(trail())
        .containsExactly(
            List.of(
                "terminal_retired",
                "spiffe://tallystick.io/operator/test",
                "stolen in the night",
                ProtoTime.from(laterWithAnotherKey.getRetiredAt()).toString()));
    var listed = terminals.admin().listTerminals(list()).getTerminals(0);
    assertThat(listed.getRetiredAt()).isEqualTo(laterWithAnotherKey.getRetiredAt());
    assertThat(listed.getRetirementReason()).isEqualTo("stolen in the night");
  }

  @Test
  void refusesAKeyThatWasUsedForAnotherRetirement() {
    RetireTerminalRequest request = request("stolen").build();
    var _ = terminals.admin().retireTerminal(request);

    Statuses refused =
        Statuses.of(() ->
            terminals.admin().retireTerminal(request.toBuilder().setTerminalId("t2").build()));

    assertThat(refused.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(refused.metadata()).containsEntry("difference", "terminal_id");
  }

  @Test
  void refusesWhatIsNoRetirement() {
    assertReason(request(" ").build(), "REASON_INVALID");
    assertReason(request("x".repeat(501)).build(), "REASON_INVALID");
    assertReason(request("lost").clearIdempotencyKey().build(), "IDEMPOTENCY_KEY_MALFORMED");
    assertReason(request("lost").setTerminalId("").build(), "TERMINAL_ID_MALFORMED");
    assertReason(request("lost").setMerchantId("").build(), "MERCHANT_ID_MALFORMED");
    assertReason(request("lost").setTerminalId("t9").build(), "TERMINAL_UNKNOWN");
    assertThat(terminal.query(order).hasUnknownOrder()).isTrue();
  }

  @Test
  void isNotRegisteredAgainUnlessReinstated() {
    retire("stolen");
    RegisterTerminalRequest again =
        RegisterTerminalRequest.newBuilder()
            .setMerchantId(terminal.merchantId())
            .setTerminalId(terminal.terminalId())
            .setPublicKey(ByteString.copyFrom(terminal.key().publicKey().compressed()))
            .build();

    Statuses refused = Statuses.of(() -> terminals.admin().registerTerminal(again));
    assertThat(refused.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refused.reason()).isEqualTo("TERMINAL_RETIRED");
    assertThat(Statuses.of(() -> terminal.query(order)).reason()).isEqualTo("TERMINAL_RETIRED");

    var _ = terminals.admin().registerTerminal(again.toBuilder().setReinstate(true).build());
    assertThat(terminal.query(order).hasUnknownOrder()).isTrue();
    assertThat(terminals.admin().listTerminals(list()).getTerminals(0).hasRetiredAt()).isFalse();
    assertThat(trail())
        .extracting(List::getFirst)
        .containsExactly("terminal_retired", "terminal_reinstated");
    var _ = terminals.admin().registerTerminal(again.toBuilder().setReinstate(true).build());
    assertThat(trail()).as("one that is in force").hasSize(2);

    retire("stolen indeed");
    assertThat(Statuses.of(() -> terminal.query(order)).reason()).isEqualTo("TERMINAL_RETIRED");
    assertThat(trail()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE terminal_event SET actor = 'nobody'",
        "DELETE FROM terminal_event",
        "TRUNCATE terminal_event"
      })
  void leavesATrailThatIsAppendOnly(String statement) {
    retire("stolen");

    assertThatThrownBy(() -> database.useTransaction(handle -> handle.execute(statement)))
        .hasMessageContaining("append-only");

    assertThat(trail()).hasSize(1);
  }

  private void retire(String reason) {
    var _ = terminals.admin().retireTerminal(request(reason).build());
  }

  private RetireTerminalRequest.Builder request(String reason) {
    return RetireTerminalRequest.newBuilder()
        .setIdempotencyKey("key-" + number())
        .setMerchantId(terminal.merchantId())
        .setTerminalId(terminal.terminalId())
        .setReason(reason);
  }

  private void retireElsewhere(Instant at) {
    TerminalName name =
        new TerminalName(
            MerchantId.of(terminal.merchantId()), TerminalId.of(terminal.terminalId()));
    database.useTransaction(handle ->
        PostgresRetirements.retire(
            handle, name, new Retirement(at, "stolen"), "spiffe://tallystick.io/operator/test"));
  }

  private void waitUntilRefused() {
    long began = System.nanoTime();
    while (refusal(Method.QUERY_PAYMENT, 0) == null) {
      assertThat(System.nanoTime() - began).isLessThan(TWO_SECONDS);
    }
  }

  private HalfResult fromWallet(Tap tap) {
    return intake.take(tap.walletHalf(), new Uploader.WalletUploader(wallet.payerId()));
  }

  private ListTerminalsRequest list() {
    return ListTerminalsRequest.newBuilder().setMerchantId(terminal.merchantId()).build();
  }

  private List<List<String>> trail() {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT kind, actor, coalesce(reason, ''), occurred_at FROM terminal_event
                 WHERE merchant_id = :merchant AND terminal_id = :terminal ORDER BY written_id
                """)
            .bind("merchant", terminal.merchantId())
            .bind("terminal", terminal.terminalId())
            .map((row, _) ->
                List.of(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getObject(4, OffsetDateTime.class).toInstant().toString()))
            .list());
  }

  private void assertReason(RetireTerminalRequest request, String reason) {
    assertThat(Statuses.of(() -> terminals.admin().retireTerminal(request)).reason())
        .isEqualTo(reason);
  }

  /// What the method refuses with, or null when it answers.
  private Statuses refusal(Method method, int number) {
    try {
      call(method, number);
      return null;
    } catch (StatusRuntimeException refused) {
      return Statuses.of(() -> {
        throw refused;
      });
    }
  }

  private void call(Method method, int number) {
    String id = order + "-" + number;
    switch (method) {
      case PAY_BY_CODE -> terminal.pay(id, wallet.code(clock.instant(), 0), 100);
      case QUERY_PAYMENT -> terminal.query(id);
      case REVERSE_PAYMENT -> terminal.reverse(id);
      case REFUND_PAYMENT -> terminal.refund(id, "refund", 100);
      case SUBMIT_TAPS -> upload(Taps.tap(wallet, terminal, number + 1L, 100, now).terminalHalf());
      case GET_TERMINAL_PACK ->
          terminal.stub().getTerminalPack(GetTerminalPackRequest.getDefaultInstance());
    }
  }

  private void upload(byte[] half) {
    try {
      TapUpload.of(terminal, half);
    } catch (ExecutionException failed) {
      throw (StatusRuntimeException) failed.getCause();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
