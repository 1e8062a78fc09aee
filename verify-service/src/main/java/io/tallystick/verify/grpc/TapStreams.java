package io.tallystick.verify.grpc;

import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.api.verify.v1.SubmitTapsRequest;
import io.tallystick.api.verify.v1.SubmitTapsResponse;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.error.ErrorCode;
import io.tallystick.kit.grpc.GrpcCalls;
import io.tallystick.kit.identity.CallerIdentity.TerminalIdentity;
import io.tallystick.verify.intake.TapConfig;
import io.tallystick.verify.intake.TapIntake;
import io.tallystick.verify.registry.TerminalRegistry;
import io.tallystick.verify.tap.Uploader;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/// The upload streams of this replica: bounded in number, each bounded in what it has in flight,
/// ended politely when the service stops, and at once when their terminal is no longer in force.
@Singleton
public class TapStreams {
  /// Before the calls in flight are waited for and what they need is closed.
  private static final int STOP = 90;

  private static final long STOP_WAIT_MILLIS = 10_000;
  private static final long STOP_POLL_MILLIS = 20;

  /// How often open streams are asked for whether their terminals are in force.
  private static final Duration WATCH = Duration.ofMillis(500);

  private static final Logger LOG = Logger.getLogger(TapStreams.class);

  private final TapConfig config;
  private final TapIntake intake;
  private final TerminalRegistry terminals;
  private final GrpcCalls calls;
  private final Executor executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("taps-", 0).factory());
  private final Map<TapStream, TerminalIdentity> open = new ConcurrentHashMap<>();
  private final Thread watch = Thread.ofVirtual().name("taps-watch").unstarted(this::watch);
  private volatile boolean stopping;

  @Inject
  TapStreams(TapConfig config, TapIntake intake, TerminalRegistry terminals, GrpcCalls calls) {
    this.config = config;
    this.intake = intake;
    this.terminals = terminals;
    this.calls = calls;
  }

  /// Begins a stream of a terminal; must run in the call that opens it.
  StreamObserver<SubmitTapsRequest> begin(
      ServerCallStreamObserver<SubmitTapsResponse> responses, TerminalIdentity caller) {
    if (stopping) {
      return refused(responses, ApiErrors.unavailable("STOPPING", "the service is stopping"));
    }
    if (open.size() >= config.streams()) {
      return refused(
          responses,
          ApiErrors.resourceExhausted("TOO_MANY_STREAMS", "too many upload streams are open"));
    }
    TapStream stream =
        new TapStream(
            responses,
            bytes -> intake.take(bytes, uploader(caller)),
            Context.current().fixedContextExecutor(executor),
            calls::fail,
            config.inFlightPerStream(),
            ended -> open.remove(ended));
    open.put(stream, caller);
    stream.start();
    executor.execute(() -> admit(stream, caller));
    return stream;
  }

  /// A terminal that is not in force holds no stream open, even if it sends nothing.
  private void admit(TapStream stream, TerminalIdentity caller) {
    try {
      terminals.require(caller);
    } catch (ApiException refused) {
      if (refused.code() == ErrorCode.PERMISSION_DENIED) {
        stream.fail(refused);
      }
    } catch (RuntimeException unknown) {
      LOG.debugf("a stream's terminal is looked for at its first half: %s", unknown);
    }
  }

  void start(@Observes StartupEvent event) {
    watch.start();
  }

  private void watch() {
    while (!stopping) {
      try {
        Thread.sleep(WATCH);
        endThoseOutOfForce();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error failure) {
        LOG.debugf("open streams are looked at again in %s: %s", WATCH, failure);
      }
    }
  }

  private void endThoseOutOfForce() {
    Set<TerminalIdentity> callers = Set.copyOf(open.values());
    if (callers.isEmpty()) {
      return;
    }
    Set<TerminalIdentity> ended = terminals.outOfForce(callers);
    open.forEach((stream, caller) -> {
      if (ended.contains(caller)) {
        admit(stream, caller);
      }
    });
  }

  /// Asked for every half: whoever is no longer registered uploads no more.
  private Uploader uploader(TerminalIdentity caller) {
    return new Uploader.TerminalUploader(terminals.require(caller).name());
  }

  int open() {
    return open.size();
  }

  private StreamObserver<SubmitTapsRequest> refused(
      ServerCallStreamObserver<SubmitTapsResponse> responses, RuntimeException failure) {
    calls.fail(responses, failure);
    return new Deaf();
  }

  void stop(@Observes @Priority(STOP) ShutdownEvent event) throws InterruptedException {
    stopping = true;
    watch.interrupt();
    open.keySet().forEach(TapStream::stop);
    long end = System.nanoTime() + STOP_WAIT_MILLIS * 1_000_000;
    while (!open.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(STOP_POLL_MILLIS);
    }
    if (!open.isEmpty()) {
      LOG.warnf("%d upload streams did not end in time", open.size());
    }
  }

  /// Hears the rest of a call that has ended.
  private static final class Deaf implements StreamObserver<SubmitTapsRequest> {
    @Override
    public void onNext(SubmitTapsRequest request) {
      LOG.trace("a half after the end of its stream");
    }

    @Override
    public void onError(Throwable failure) {
      LOG.tracef("the caller left: %s", failure);
    }

    @Override
    public void onCompleted() {
      LOG.trace("the caller is done");
    }
  }
}
