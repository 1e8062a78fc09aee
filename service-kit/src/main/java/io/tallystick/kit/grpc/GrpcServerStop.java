package io.tallystick.kit.grpc;

import io.grpc.InternalServer;
import io.grpc.Server;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sends callers elsewhere when the service stops: it takes no more connections and says GOAWAY on
/// those it has, so that new calls go to another replica while those in flight end here.
///
/// Quarkus stops its server when everything else has ended. Until then each new call on a
/// connection would be refused: a terminal, which has one, could not get away from this replica,
/// and half of the calls of a peer that spreads them over two would fail, enough to open its
/// circuit breaker.
@Singleton
class GrpcServerStop {
  /// Before upload streams are ended and calls in flight are waited for.
  static final int LEAVE = 80;

  /// After upload streams have ended, before calls are refused.
  static final int LEFT = 95;

  /// For callers to hear it. A call in flight may take longer: it is waited for by [GrpcCalls].
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Logger LOG = Logger.getLogger(GrpcServerStop.class);

  private volatile @Nullable Server server;
  private volatile boolean leaving;

  /// Takes note, in the context of a call, of the server that the call came to: Quarkus gives it to
  /// nobody. One that nobody has called has nobody to send elsewhere.
  void called() {
    if (server == null) {
      server = InternalServer.SERVER_CONTEXT_KEY.get();
    }
    if (leaving) {
      shutdown();
    }
  }

  void leave(@Observes @Priority(LEAVE) ShutdownEvent event) {
    leaving = true;
    shutdown();
  }

  void left(@Observes @Priority(LEFT) ShutdownEvent event) throws InterruptedException {
    Server known = server;
    if (known != null && !known.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.infof("some callers did not leave within %s", PATIENCE);
    }
  }

  private void shutdown() {
    Server known = server;
    if (known != null) {
      known.shutdown();
    }
  }
}
