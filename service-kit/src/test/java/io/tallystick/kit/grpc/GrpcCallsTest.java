package io.tallystick.kit.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.quarkus.runtime.ShutdownEvent;
import io.tallystick.kit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GrpcCallsTest {
  private static final Context.Key<String> KEY = Context.key("test");

  private final GrpcCalls calls = new GrpcCalls(new Config(2, Duration.ofSeconds(10)), call -> {});

  @Test
  void answersInTheContextOfTheCall() throws Exception {
    Answer answer = new Answer();
    Context.current()
        .withValue(KEY, "here")
        .run(() -> calls.unary(answer, () -> KEY.get() + Thread.currentThread().isVirtual()));
    assertThat(answer.value()).isEqualTo("heretrue");
  }

  @Test
  void boundsCallsInFlight() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    List<Answer> working = List.of(new Answer(), new Answer());
    working.forEach(answer -> calls.unary(answer, () -> heldAnswer(held)));
    Answer refused = new Answer();
    calls.unary(refused, () -> "never");
    assertThat(refused.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    held.countDown();
    assertThat(working.getFirst().value()).isEqualTo("held");
    Answer later = new Answer();
    Eventually.isTrue(() -> {
      Answer tried = new Answer();
      calls.unary(tried, () -> "later");
      return tried.succeeds();
    });
    calls.unary(later, () -> "later");
    assertThat(later.value()).isEqualTo("later");
  }

  @Test
  void stoppingWaitsForCallsInFlightAndRefusesNewOnes() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    Answer working = new Answer();
    calls.unary(working, () -> heldAnswer(held));
    Thread stopping = Thread.ofVirtual().start(this::stop);
    Eventually.isTrue(() -> {
      Answer refused = new Answer();
      calls.unary(refused, () -> "too late");
      return !refused.succeeds();
    });
    assertThat(stopping.isAlive()).isTrue();
    held.countDown();
    assertThat(working.value()).isEqualTo("held");
    assertThat(stopping.join(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void endsACallOnceOnly() throws Exception {
    Answer answer = new Answer();
    calls.run(
        answer,
        () -> {
          answer.onNext("said");
          answer.onCompleted();
          throw new IllegalStateException("after the end");
        });
    assertThat(answer.value()).isEqualTo("said");
  }

  private void stop() {
    try {
      calls.stop(new ShutdownEvent());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String heldAnswer(CountDownLatch held) throws InterruptedException {
    held.await();
    return "held";
  }

  private record Config(int concurrentCalls, Duration stopWait) implements GrpcConfig {
    @Override
    public int port() {
      return 0;
    }

    @Override
    public int callsPerConnection() {
      return 1;
    }

    @Override
    public Duration connectionAge() {
      return Duration.ofMinutes(1);
    }
  }

  /// What a caller sees; refuses to be ended twice, as a call does.
  private static final class Answer implements StreamObserver<String> {
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Status> ended = new CompletableFuture<>();

    @Override
    public void onNext(String value) {
      said.add(value);
    }

    @Override
    public void onError(Throwable failure) {
      end(((StatusRuntimeException) failure).getStatus());
    }

    @Override
    public void onCompleted() {
      end(Status.OK);
    }

    private void end(Status status) {
      if (!ended.complete(status)) {
        throw new IllegalStateException("call is closed");
      }
    }

    Status status() throws Exception {
      return ended.get(10, TimeUnit.SECONDS);
    }

    boolean succeeds() throws Exception {
      return status().isOk();
    }

    String value() throws Exception {
      assertThat(status()).isEqualTo(Status.OK);
      return said.getFirst();
    }
  }
}
