package io.tallystick.sandbox.bench;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import io.tallystick.api.common.v1.Money;
import io.tallystick.api.verify.v1.PayByCodeRequest;
import io.tallystick.api.verify.v1.PayByCodeResponse;
import io.tallystick.api.verify.v1.VerifyServiceGrpc;
import io.tallystick.api.verify.v1.VerifyServiceGrpc.VerifyServiceFutureStub;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Pays by code, through verify-service's gRPC with mTLS, as many tills would.
final class CodeLoad {
  private static final int DEADLINE_SECONDS = 10;
  private static final Duration NO_CODE_PAUSE = Duration.ofMillis(20);

  /// Distinct over all runs: order ids are for ever.
  private static final AtomicLong ORDERS = new AtomicLong();

  private final Tills tills;
  private final long run = System.currentTimeMillis();
  private final Map<String, AtomicLong> otherAnswers = new TreeMap<>();
  private final Codes codes;

  CodeLoad(Tills tills, Clock clock) {
    this.tills = tills;
    this.codes = new Codes(clock);
  }

  /// What a load came to.
  ///
  /// @param perSecond payments answered "paid" within the measured time
  record Outcome(int callers, double perSecond, double p50Millis, double p99Millis, long paid) {}

  /// Answers that were not "paid", by kind, over all loads.
  Map<String, Long> otherAnswers() {
    synchronized (otherAnswers) {
      Map<String, Long> counts = new TreeMap<>();
      otherAnswers.forEach((answer, count) -> counts.put(answer, count.get()));
      return counts;
    }
  }

  /// Callers that each pay again as soon as they are answered.
  ///
  /// @param payers the callers' payers are the first so many
  Outcome closed(int callers, int payers, Duration warmUp, Duration measured)
      throws InterruptedException {
    Window window = new Window(warmUp, measured);
    CountDownLatch ended = new CountDownLatch(callers);
    for (int i = 0; i < callers; i++) {
      Codes.Share share = share(i, callers, payers);
      Thread.ofVirtual()
          .start(() -> {
            try {
              callAgainAndAgain(share, window);
            } finally {
              ended.countDown();
            }
          });
    }
    ended.await();
    return window.outcome(callers);
  }

  /// Payments that begin at a steady rate, whatever the answers do; latency counts from when a
  /// payment was due, so that a stall shows in every payment it delays.
  Outcome open(double perSecond, int payers, Duration warmUp, Duration measured)
      throws InterruptedException {
    Window window = new Window(warmUp, measured);
    int lanes = tills.count();
    List<Codes.Share> shares = new ArrayList<>();
    for (int i = 0; i < lanes; i++) {
      shares.add(share(i, lanes, payers));
    }
    long gap = (long) (1e9 / perSecond);
    long due = System.nanoTime();
    AtomicLong inFlight = new AtomicLong();
    for (int lane = 0; System.nanoTime() < window.until; lane = (lane + 1) % lanes) {
      due += gap;
      waitUntil(due);
      Codes.Code code = shares.get(lane).next();
      if (code != null) {
        inFlight.incrementAndGet();
        send(code, lane, due, window, inFlight);
      }
    }
    while (inFlight.get() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
    return window.outcome(0);
  }

  /// Each caller has payers of its own, so that one payer's codes are presented in order.
  private Codes.Share share(int index, int of, int payers) {
    return codes.share(
        (int) ((long) payers * index / of), (int) ((long) payers * (index + 1) / of), payers);
  }

  private void callAgainAndAgain(Codes.Share share, Window window) {
    while (System.nanoTime() < window.until) {
      Codes.Code code = share.next();
      if (code == null) {
        LockSupport.parkNanos(NO_CODE_PAUSE.toNanos());
        continue;
      }
      long began = System.nanoTime();
      try {
        note(
            VerifyServiceGrpc.newBlockingStub(tills.get(code.payer()).channel())
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .payByCode(request(code)),
            began,
            window);
      } catch (RuntimeException failure) {
        noteOther(String.valueOf(failure.getMessage()));
      }
    }
  }

  private void send(Codes.Code code, int lane, long due, Window window, AtomicLong inFlight) {
    VerifyServiceFutureStub stub =
        VerifyServiceGrpc.newFutureStub(tills.get(lane).channel())
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    Futures.addCallback(
        stub.payByCode(request(code)),
        new FutureCallback<PayByCodeResponse>() {
          @Override
          public void onSuccess(@Nullable PayByCodeResponse response) {
            note(requireNonNull(response, "response is null"), due, window);
            inFlight.decrementAndGet();
          }

          @Override
          public void onFailure(Throwable failure) {
            noteOther(String.valueOf(failure.getMessage()));
            inFlight.decrementAndGet();
          }
        },
        MoreExecutors.directExecutor());
  }

  private PayByCodeRequest request(Codes.Code code) {
    return PayByCodeRequest.newBuilder()
        .setOrderId("b" + run + "-" + ORDERS.incrementAndGet())
        .setCode(code.digits())
        .setAmount(Money.newBuilder().setAmountMinor(100).setCurrency("CNY"))
        .build();
  }

  private void note(PayByCodeResponse response, long began, Window window) {
    if (response.hasPaid()) {
      window.note(began, System.nanoTime());
    } else {
      noteOther(
          response.hasDeclined()
              ? response.getDeclined().getReason().name()
              : response.getOutcomeCase().name());
    }
  }

  private void noteOther(String answer) {
    synchronized (otherAnswers) {
      otherAnswers.computeIfAbsent(answer, _ -> new AtomicLong()).incrementAndGet();
    }
  }

  private static void waitUntil(long due) {
    long left;
    while ((left = due - System.nanoTime()) > 0) {
      LockSupport.parkNanos(left);
    }
  }

  /// The measured time, and what was answered in it.
  private static final class Window {
    private final long from;
    private final long until;
    private final Latencies latencies = new Latencies();

    Window(Duration warmUp, Duration measured) {
      this.from = System.nanoTime() + warmUp.toNanos();
      this.until = from + measured.toNanos();
    }

    void note(long began, long ended) {
      if (ended >= from && ended < until) {
        latencies.add(ended - began);
      }
    }

    Outcome outcome(int callers) {
      return new Outcome(
          callers,
          latencies.count() / ((until - from) / 1e9),
          latencies.percentileMillis(50),
          latencies.percentileMillis(99),
          latencies.count());
    }
  }
}
