package io.tallystick.kit.grpc;

import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.runtime.ShutdownEvent;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.operator.OperatorCall;
import io.tallystick.kit.operator.OperatorCalls;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Runs handlers of plain `XGrpc.XImplBase` services on virtual threads.
///
/// ```java
/// @GrpcService
/// class ClearingGrpc extends ClearingServiceGrpc.ClearingServiceImplBase {
///   public void pay(PayRequest request, StreamObserver<PayResponse> observer) {
///     calls.unary(observer, () -> payments.pay(request));
///   }
/// }
/// ```
///
/// The method itself is called on an event loop and returns at once. What operators ask for is
/// written down before the handler runs, or it does not run. Calls in flight are bounded; when the
/// service stops, new calls are refused and those in flight are waited for.
@Singleton
public class GrpcCalls {
  static final int STOP = 100;

  private static final Logger LOG = Logger.getLogger(GrpcCalls.class);

  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("grpc-", 0).factory());
  private final GrpcConfig config;
  private final Consumer<OperatorCall> operatorCalls;
  private final Semaphore slots;
  private volatile boolean stopping;

  @Inject
  GrpcCalls(GrpcConfig config, OperatorCalls operatorCalls) {
    this(config, operatorCalls::record);
  }

  GrpcCalls(GrpcConfig config, Consumer<OperatorCall> operatorCalls) {
    this.config = config;
    this.operatorCalls = operatorCalls;
    this.slots = new Semaphore(config.concurrentCalls());
  }

  /// Answers a unary call with what `handler` returns, or with the status its exception maps to.
  public <T> void unary(StreamObserver<T> observer, Callable<T> handler) {
    run(
        observer,
        () -> {
          T response = handler.call();
          observer.onNext(response);
          observer.onCompleted();
        });
  }

  /// Runs `work` on a virtual thread in the call's context; what it throws ends the call with the
  /// status it maps to. For server streams and for single messages of bidirectional ones.
  public void run(StreamObserver<?> observer, Work work) {
    if (observer instanceof ServerCallStreamObserver<?> call) {
      // Without a handler, answering a caller that has gone would throw.
      ignoreCancellation(call);
    }
    if (stopping) {
      fail(observer, ApiErrors.unavailable("STOPPING", "the service is stopping"));
      return;
    }
    if (!slots.tryAcquire()) {
      fail(observer, ApiErrors.unavailable("OVERLOADED", "too many calls are in flight"));
      return;
    }
    executor.execute(
        Context.current()
            .wrap(() -> {
              try {
                OperatorRequest.current().ifPresent(operatorCalls);
                work.run();
              } catch (Exception | Error failure) {
                fail(observer, failure);
              } finally {
                slots.release();
              }
            }));
  }

  /// Ends a call with the status that `failure` maps to.
  public void fail(StreamObserver<?> observer, Throwable failure) {
    StatusRuntimeException status = GrpcStatuses.from(failure);
    try {
      observer.onError(status);
    } catch (IllegalStateException e) {
      LOG.debugf(e, "the call had ended already; its status would have been %s", status);
    }
  }

  void stop(@Observes @Priority(STOP) ShutdownEvent event) throws InterruptedException {
    stopping = true;
    int all = config.concurrentCalls();
    if (!slots.tryAcquire(all, config.stopWait().toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warnf(
          "%d calls did not end within %s", all - slots.availablePermits(), config.stopWait());
    }
    executor.shutdown();
  }

  private static void ignoreCancellation(ServerCallStreamObserver<?> call) {
    try {
      call.setOnCancelHandler(() -> {});
    } catch (IllegalStateException e) {
      LOG.tracef(e, "a message of a stream: its handlers were set when it began");
    }
  }

  /// Work that may throw anything.
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }
}
