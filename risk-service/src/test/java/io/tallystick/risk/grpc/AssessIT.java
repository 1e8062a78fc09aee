package io.tallystick.risk.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.common.v1.InstrumentKind;
import io.tallystick.api.common.v1.Money;
import io.tallystick.api.risk.v1.AssessRequest;
import io.tallystick.api.risk.v1.AssessResponse;
import io.tallystick.kit.database.Database;
import io.tallystick.risk.Ids;
import io.tallystick.risk.RiskPlatform;
import io.tallystick.risk.postgres.ProfileTable;
import io.tallystick.risk.postgres.StandingTable;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RiskPlatform
class AssessIT {
  TestPlatform platform;

  @ConfigProperty(name = "tallystick.grpc.port")
  int port;

  @Inject Database database;

  private RiskClient as(DevCa.@Nullable Credentials caller) {
    return new RiskClient(platform, port, caller);
  }

  private RiskClient verify() {
    return as(platform.ca().service("verify"));
  }

  @Test
  void clearsAPaymentThatNothingStandsAgainst() {
    try (RiskClient client = verify()) {
      AssessResponse answer = client.stub().assess(request("payer").build());

      assertThat(answer.getOutcomeCase()).isEqualTo(AssessResponse.OutcomeCase.CLEAR);
      assertThat(answer.getDecisionId()).hasSize(36);
    }
  }

  @Test
  void givesTheStoredDecisionAgain() {
    try (RiskClient client = verify()) {
      AssessRequest request = request("payer").build();
      AssessResponse first = client.stub().assess(request);
      AssessResponse again =
          client.stub().assess(request.toBuilder().setPresentedAt(at(Instant.now())).build());

      assertThat(again).isEqualTo(first);
      assertThat(count("decision", request.getPaymentId())).isEqualTo(1);
      assertThat(count("observation", request.getPaymentId())).isEqualTo(1);
    }
  }

  @Test
  void namesTheDifferenceWhenThePaymentIdWasDecidedForAnotherPayment() {
    try (RiskClient client = verify()) {
      AssessRequest request = request("payer").build();
      client.stub().assess(request);

      StatusRuntimeException refused =
          refusal(client, request.toBuilder().setAmount(money(1)).setTerminalId("T2").build());

      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
      assertThat(info(refused).getReason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
      assertThat(info(refused).getMetadataMap()).containsEntry("difference", "terminal_id, amount");
    }
  }

  @Test
  void stepsUpWithTheFiguresWhenAnAmountJumps() {
    AssessRequest request = request("payer").setAmount(money(88_800)).build();
    database.useTransaction(handle -> {
      List<StandingTable.Row> paid = new ArrayList<>();
      for (int i = 1; i <= 5; i++) {
        paid.add(standing(request.getPayerId(), i, "cleared", "moved", 2_000));
        // What was refused must not raise the mean.
        paid.add(standing(request.getPayerId(), 10 + i, "refused", "failed", 0));
      }
      StandingTable.put(handle, paid);
    });
    try (RiskClient client = verify()) {
      AssessResponse answer = client.stub().assess(request);

      assertThat(answer.getOutcomeCase()).isEqualTo(AssessResponse.OutcomeCase.STEP_UP);
      assertThat(answer.getStepUp().getReasonsList())
          .singleElement()
          .satisfies(reason -> {
            assertThat(reason.getRule()).isEqualTo("amount");
            assertThat(reason.getExplanation())
                .startsWith("Rule amount: 888.00 CNY is 44.4 times the mean of the payer's last 5");
            assertThat(reason.getInputsMap()).containsEntry("baselineMinor", "2000.0");
            assertThat(reason.getPaymentIdsList()).hasSize(6).endsWith(request.getPaymentId());
          });
    }
  }

  @Test
  void isForVerifyServiceOnly() {
    for (DevCa.Credentials caller :
        List.of(
            platform.ca().service("clearing"),
            platform.ca().operator("ops"),
            platform.ca().terminal("shop", "T1"))) {
      try (RiskClient client = as(caller)) {
        assertThat(refusal(client, request("payer").build()).getStatus().getCode())
            .as(caller.uri())
            .isEqualTo(Status.Code.PERMISSION_DENIED);
      }
    }
    try (RiskClient client = as(null)) {
      AssessRequest request = request("payer").build();
      assertThatThrownBy(() -> client.stub().assess(request))
          .isInstanceOf(StatusRuntimeException.class);
      assertThat(count("decision", request.getPaymentId())).isZero();
    }
  }

  @Test
  void refusesAMalformedQuestion() {
    try (RiskClient client = verify()) {
      for (AssessRequest malformed :
          List.of(
              request("payer").clearPresentedAt().build(),
              request("payer").setDeviceId("A1").build(),
              request("payer").setPaymentId(" ").build(),
              request("payer").setAmount(money(-1)).build(),
              request("payer").setInstrumentKind(InstrumentKind.INSTRUMENT_KIND_TAP).build(),
              request("payer").setTerminalId("far too long a name").build(),
              request("payer")
                  .setPresentedAt(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))
                  .build())) {
        StatusRuntimeException refused = refusal(client, malformed);

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(info(refused).getReason()).isEqualTo("ASSESS_MALFORMED");
      }
    }
  }

  /// One payment, asked about by many at once.
  @Test
  void decidesOnceHoweverManyAskAtOnce() throws Exception {
    AssessRequest request = request("payer").build();
    try (RiskClient client = verify();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<AssessResponse>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(callers.submit(() -> retried(client, request)));
      }
      AssessResponse first = answers.getFirst().get();
      for (Future<AssessResponse> answer : answers) {
        assertThat(answer.get()).isEqualTo(first);
      }
      assertThat(count("decision", request.getPaymentId())).isEqualTo(1);
    }
  }

  /// Many payments of one payer at once: whatever the order, each was judged with all that were
  /// decided before it in its history, so the histories have 0, 1, 2 … payments.
  @Test
  void paymentsOfOnePayerNeverMissEachOther() throws Exception {
    int count = 20;
    String payerId = Ids.fresh("payer-");
    try (RiskClient client = verify();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<AssessResponse>> answers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        AssessRequest request = request("").setPayerId(payerId).build();
        answers.add(callers.submit(() -> retried(client, request)));
      }
      for (Future<AssessResponse> answer : answers) {
        answer.get();
      }
    }
    List<Integer> known =
        database.read(handle ->
            handle
                .createQuery(
                    "select jsonb_array_length(history->'nearby') from decision where payer_id = :p")
                .bind("p", payerId)
                .mapTo(Integer.class)
                .list());

    assertThat(known)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count).boxed().toList());
  }

  /// Whoever waits for a payer that is locked is told in time, and may ask again.
  @Test
  void answersWithinItsDeadlineWhenThePayerIsLocked() throws Exception {
    AssessRequest request = request("payer").build();
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (RiskClient client = verify();
        ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> holder =
          other.submit(() ->
              database.inTransaction(handle -> {
                ProfileTable.lock(handle, List.of(request.getPayerId()));
                locked.countDown();
                release.await();
                return request;
              }));
      locked.await();
      long began = System.nanoTime();
      StatusRuntimeException late = refusal(client, request);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      release.countDown();
      holder.get();

      assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      assertThat(took).isLessThan(Duration.ofSeconds(10));
      assertThat(retried(client, request).getOutcomeCase())
          .isEqualTo(AssessResponse.OutcomeCase.CLEAR);
      assertThat(count("decision", request.getPaymentId())).isEqualTo(1);
    }
  }

  /// What a question takes with many in flight. The times are printed and not asserted, as they say
  /// more of the machine than of the service; what is asserted is that each question ends, and is
  /// decided at most once.
  @Test
  void endsEveryQuestionUnderLoad() throws Exception {
    int warmUp = 500;
    int measured = 2_000;
    int callers = 16;
    int payers = 100;
    String prefix = Ids.fresh("load-");
    AtomicLongArray nanos = new AtomicLongArray(measured);
    AtomicInteger late = new AtomicInteger();
    try (RiskClient client = verify();
        ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = -warmUp; i < measured; i++) {
        int call = i;
        calls.add(
            threads.submit(() -> {
              AssessRequest request =
                  request("").setPayerId(prefix + Math.floorMod(call, payers)).build();
              long began = System.nanoTime();
              boolean answered = answered(client, request);
              if (call >= 0) {
                nanos.set(call, System.nanoTime() - began);
                late.addAndGet(answered ? 0 : 1);
              }
            }));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    }
    long[] sorted = new long[measured];
    Arrays.setAll(sorted, nanos::get);
    Arrays.sort(sorted);
    System.out.printf(
        "Assess, %d callers, %d payers: median %.1f ms, p99 %.1f ms, %d of %d not within 250 ms%n",
        callers,
        payers,
        sorted[measured / 2] / 1e6,
        sorted[measured * 99 / 100] / 1e6,
        late.get(),
        measured);
    int decided =
        database.read(handle ->
            handle
                .createQuery("select count(*) from decision where payer_id like :prefix || '%'")
                .bind("prefix", prefix)
                .mapTo(Integer.class)
                .one());
    assertThat(decided).isBetween(measured - late.get(), warmUp + measured);
  }

  private static boolean answered(RiskClient client, AssessRequest request) {
    try {
      client.stub(250).assess(request);
      return true;
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode())
          .isIn(Status.Code.DEADLINE_EXCEEDED, Status.Code.UNAVAILABLE);
      return false;
    }
  }

  private AssessResponse retried(RiskClient client, AssessRequest request) {
    for (int attempt = 1; ; attempt++) {
      try {
        return client.stub().assess(request);
      } catch (StatusRuntimeException e) {
        if (attempt == 20 || e.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
          throw e;
        }
      }
    }
  }

  private static StatusRuntimeException refusal(RiskClient client, AssessRequest request) {
    try {
      AssessResponse answer = client.stub().assess(request);
      throw new AssertionError("was answered: " + answer);
    } catch (StatusRuntimeException refused) {
      return refused;
    }
  }

  private static ErrorInfo info(StatusRuntimeException refused) {
    try {
      return StatusProto.fromThrowable(refused).getDetails(0).unpack(ErrorInfo.class);
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private int count(String table, String paymentId) {
    return database.read(handle ->
        handle
            .createQuery("select count(*) from " + table + " where payment_id = :id")
            .bind("id", paymentId)
            .mapTo(Integer.class)
            .one());
  }

  private static StandingTable.Row standing(
      String payerId, int number, String state, String standing, long movedMinor) {
    Instant at = Instant.now().minus(Duration.ofDays(number));
    return new StandingTable.Row(
        Ids.fresh("pay_"), payerId, 2, state, standing, movedMinor, "CNY", at, at);
  }

  private static AssessRequest.Builder request(String payerPrefix) {
    return AssessRequest.newBuilder()
        .setPaymentId(Ids.fresh("pay_"))
        .setPayerId(Ids.fresh(payerPrefix))
        .setDeviceId(Ids.device())
        .setMerchantId("shop")
        .setTerminalId("T1")
        .setAmount(money(1_850))
        .setInstrumentKind(InstrumentKind.INSTRUMENT_KIND_OFFLINE_CODE)
        .setPresentedAt(at(Instant.now()))
        .setDeviceEnrolledAt(at(Instant.now().minus(Duration.ofDays(30))));
  }

  private static Money money(long amountMinor) {
    return Money.newBuilder().setAmountMinor(amountMinor).setCurrency("CNY").build();
  }

  private static Timestamp at(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
