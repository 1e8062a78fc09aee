package io.tallystick.kit.grpc;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Has a channel that lost its peer try again soon while somebody calls.
///
/// gRPC waits longer after each failed try, up to two minutes, and has no setting for that. After
/// an outage of a minute a service that is back would seem away for another one.
final class Reconnection {
  private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

  private final ManagedChannel channel;
  private final AtomicLong next = new AtomicLong(System.nanoTime());

  private Reconnection(ManagedChannel channel) {
    this.channel = channel;
  }

  static Reconnection of(ManagedChannel channel) {
    return new Reconnection(channel);
  }

  /// Ends the waiting if the channel waits, twice a second at most.
  void hurry() {
    if (channel.getState(false) != ConnectivityState.TRANSIENT_FAILURE) {
      return;
    }
    long now = System.nanoTime();
    long due = next.get();
    if (now - due >= 0 && next.compareAndSet(due, now + PAUSE_NANOS)) {
      channel.resetConnectBackoff();
    }
  }
}
