package io.tallystick.kit.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.quarkus.runtime.ShutdownEvent;
import io.tallystick.api.common.v1.Money;
import io.tallystick.kit.Eventually;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// On a real server and a real connection: GOAWAY is what the transport does.
class GrpcServerStopIT {
  private static final MethodDescriptor<Money, Money> METHOD =
      MethodDescriptor.<Money, Money>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("test.Echo/Echo")
          .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(Money.getDefaultInstance()))
          .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(Money.getDefaultInstance()))
          .build();

  private final GrpcServerStop stop = new GrpcServerStop();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch held = new CountDownLatch(1);
  private final Server server = start();
  private final ManagedChannel channel =
      Grpc.newChannelBuilder("localhost:" + server.getPort(), InsecureChannelCredentials.create())
          .build();

  @AfterEach
  void close() throws InterruptedException {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  @Test
  void sendsNewCallsElsewhereAndAnswersThoseInFlight() throws Exception {
    CompletableFuture<Money> inFlight = CompletableFuture.supplyAsync(() -> call("held"));
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

    stop.leave(new ShutdownEvent());

    Eventually.isTrue(() -> !reachable());
    assertThat(inFlight).isNotDone();
    held.countDown();
    assertThat(inFlight.get(10, TimeUnit.SECONDS).getCurrency()).isEqualTo("held");
    stop.left(new ShutdownEvent());
    assertThat(server.isTerminated()).isTrue();
  }

  @Test
  void aServerThatIsFirstCalledWhileItStopsTakesNoMoreThanThatCall() {
    stop.leave(new ShutdownEvent());
    assertThat(call("first").getCurrency()).isEqualTo("first");
    Eventually.isTrue(() -> !reachable());
  }

  private boolean reachable() {
    try {
      call("new");
      return true;
    } catch (StatusRuntimeException gone) {
      return false;
    }
  }

  private Money call(String word) {
    return ClientCalls.blockingUnaryCall(
        channel,
        METHOD,
        io.grpc.CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
        Money.newBuilder().setCurrency(word).build());
  }

  private Server start() {
    ServerServiceDefinition echo =
        ServerServiceDefinition.builder("test.Echo")
            .addMethod(
                METHOD,
                ServerCalls.asyncUnaryCall((request, observer) -> {
                  if (request.getCurrency().equals("held")) {
                    begun.countDown();
                    awaitHeld();
                  }
                  observer.onNext(request);
                  observer.onCompleted();
                }))
            .build();
    try {
      return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
          .addService(echo)
          .intercept(new Gate())
          .build()
          .start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitHeld() {
    try {
      held.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private final class Gate implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      stop.called();
      return next.startCall(call, headers);
    }
  }
}
