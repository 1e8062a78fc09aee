package io.tallystick.sdk.terminal.platform;

import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.StreamObserver;
import io.tallystick.api.verify.v1.PayByCodeRequest;
import io.tallystick.api.verify.v1.PayByCodeResponse;
import io.tallystick.api.verify.v1.QueryPaymentRequest;
import io.tallystick.api.verify.v1.QueryPaymentResponse;
import io.tallystick.api.verify.v1.SubmitTapsRequest;
import io.tallystick.api.verify.v1.SubmitTapsResponse;
import io.tallystick.api.verify.v1.VerifyServiceGrpc;
import io.tallystick.sandbox.base.DevCa;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/** verify-service played over real mTLS: answers as it was told, remembers what it was asked. */
final class PlayedVerifyService extends VerifyServiceGrpc.VerifyServiceImplBase
    implements AutoCloseable {
  private final DevCa authority;
  private final Server server;
  private final Queue<Object> payAnswers = new ArrayDeque<>();
  private final Queue<Object> queryAnswers = new ArrayDeque<>();
  private final List<PayByCodeRequest> paid = new ArrayList<>();
  private final List<SubmitTapsRequest> submitted = new ArrayList<>();
  private Function<SubmitTapsRequest, SubmitTapsResponse> halves = request -> null;
  private int breakAfter = Integer.MAX_VALUE;
  private int streams;

  PlayedVerifyService(Path folder) throws IOException {
    authority = DevCa.open(folder);
    DevCa.Credentials credentials = authority.service("verify-service");
    server =
        Grpc.newServerBuilderForPort(
                0,
                TlsServerCredentials.newBuilder()
                    .keyManager(credentials.certificate().toFile(), credentials.key().toFile())
                    .trustManager(authority.certificateFile().toFile())
                    .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                    .build())
            .addService(this)
            .build()
            .start();
  }

  /** A connection as a terminal. */
  VerifyConnection connect() throws IOException {
    DevCa.Credentials terminal = authority.terminal("shop-1", "till-1");
    return VerifyConnection.open(
        "localhost:" + server.getPort(),
        authority.certificateFile(),
        terminal.certificate(),
        terminal.key());
  }

  /** The next answer to a payment: a response or a status. */
  synchronized PlayedVerifyService thenPay(Object answer) {
    payAnswers.add(answer);
    return this;
  }

  /** The next answer to a query: a response or a status. */
  synchronized PlayedVerifyService thenQuery(Object answer) {
    queryAnswers.add(answer);
    return this;
  }

  /** How halves are answered; null answers nothing. */
  synchronized void answeringHalves(Function<SubmitTapsRequest, SubmitTapsResponse> answer) {
    halves = answer;
  }

  /** Breaks the next stream after so many halves. */
  synchronized void breakingAfter(int received) {
    breakAfter = received;
  }

  synchronized List<PayByCodeRequest> paid() {
    return List.copyOf(paid);
  }

  synchronized List<SubmitTapsRequest> submitted() {
    return List.copyOf(submitted);
  }

  synchronized int streams() {
    return streams;
  }

  @Override
  public void payByCode(PayByCodeRequest request, StreamObserver<PayByCodeResponse> observer) {
    Object answer;
    synchronized (this) {
      paid.add(request);
      answer = payAnswers.remove();
    }
    answer(observer, answer);
  }

  @Override
  public void queryPayment(
      QueryPaymentRequest request, StreamObserver<QueryPaymentResponse> observer) {
    Object answer;
    synchronized (this) {
      answer = queryAnswers.remove();
    }
    answer(observer, answer);
  }

  @SuppressWarnings("unchecked")
  private static <T> void answer(StreamObserver<T> observer, Object answer) {
    if (answer instanceof Status status) {
      observer.onError(status.asRuntimeException());
    } else {
      observer.onNext((T) answer);
      observer.onCompleted();
    }
  }

  @Override
  public StreamObserver<SubmitTapsRequest> submitTaps(
      StreamObserver<SubmitTapsResponse> responses) {
    synchronized (this) {
      streams++;
    }
    return new StreamObserver<>() {
      private int received;
      private boolean broken;

      @Override
      public void onNext(SubmitTapsRequest request) {
        SubmitTapsResponse answer;
        synchronized (PlayedVerifyService.this) {
          if (broken) {
            return;
          }
          submitted.add(request);
          if (++received > breakAfter) {
            broken = true;
            breakAfter = Integer.MAX_VALUE;
            responses.onError(Status.UNAVAILABLE.asRuntimeException());
            return;
          }
          answer = halves.apply(request);
        }
        if (answer != null) {
          responses.onNext(answer);
        }
      }

      @Override
      public void onError(Throwable thrown) {
        broken = true;
      }

      @Override
      public void onCompleted() {
        if (!broken) {
          responses.onCompleted();
        }
      }
    };
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
