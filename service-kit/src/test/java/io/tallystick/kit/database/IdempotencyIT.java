package io.tallystick.kit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.error.ErrorCode;
import io.tallystick.sandbox.base.TallystickTestResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "risk"))
class IdempotencyIT {
  private static final ResponseCodec<String> TEXT =
      new ResponseCodec<>() {
        @Override
        public byte[] encode(String response) {
          return response.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes) {
          return new String(bytes, StandardCharsets.UTF_8);
        }
      };

  @Inject Database database;
  @Inject Idempotency idempotency;

  private final AtomicInteger runs = new AtomicInteger();

  @BeforeEach
  void clear() {
    database.useTransaction(handle -> handle.execute("truncate idempotency"));
  }

  @Test
  void sameKeyAndRequestHasOneEffectAndOneAnswer() {
    RequestDigest request = RequestDigest.of("amountMinor", 100L);
    assertThat(once("k1", request, "first")).isEqualTo("first");
    assertThat(once("k1", request, "second")).isEqualTo("first");
    assertThat(runs).hasValue(1);
  }

  @Test
  void sameKeyWithAnotherRequestIsAnErrorThatNamesTheDifference() {
    once("k2", RequestDigest.of("amountMinor", 100L).and("currency", "CNY"), "first");
    assertThatThrownBy(
            () -> once("k2", RequestDigest.of("amountMinor", 200L).and("currency", "CNY"), "x"))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
              assertThat(e.metadata()).containsEntry("difference", "amountMinor");
            });
    assertThat(runs).hasValue(1);
  }

  @Test
  void keysOfAnotherScopeAreOtherKeys() {
    RequestDigest request = RequestDigest.empty();
    once("k3", request, "first");
    String other =
        database.inTransaction(
            handle -> idempotency.once(handle, "other", "k3", request, TEXT, () -> "theirs"));
    assertThat(other).isEqualTo("theirs");
  }

  @Test
  void keyOfAnEffectThatFailedMayBeUsedAgain() {
    assertThatThrownBy(() ->
            database.inTransaction(handle ->
                idempotency.once(
                    handle,
                    "scope",
                    "k4",
                    RequestDigest.empty(),
                    TEXT,
                    () -> {
                      throw new IllegalStateException("no");
                    })))
        .hasMessage("no");
    assertThat(once("k4", RequestDigest.empty(), "later")).isEqualTo("later");
  }

  @Test
  void parallelCallsWithOneKeyHaveOneEffect() throws Exception {
    int callers = 8;
    CountDownLatch together = new CountDownLatch(callers);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> call =
          () -> {
            together.countDown();
            together.await();
            return once("k5", RequestDigest.empty(), Thread.currentThread().toString());
          };
      List<Future<String>> answers = threads.invokeAll(Collections.nCopies(callers, call));
      String first = answers.getFirst().get();
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo(first);
      }
    }
    assertThat(runs).hasValue(1);
  }

  @Test
  void refusesKeysThatAreTooLong() {
    assertThatThrownBy(() -> once("k".repeat(129), RequestDigest.empty(), "x"))
        .hasMessageContaining("128");
  }

  private String once(String key, RequestDigest request, String answer) {
    return database.inTransaction(handle ->
        idempotency.once(
            handle,
            "scope",
            key,
            request,
            TEXT,
            () -> {
              runs.incrementAndGet();
              return answer;
            }));
  }
}
