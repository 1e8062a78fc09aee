package io.tallystick.kit.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReconnectionTest {
  private final PlayedChannel channel = new PlayedChannel();
  private final Reconnection reconnection = Reconnection.of(channel);

  @Test
  void hurriesAChannelThatWaits() {
    channel.state = ConnectivityState.TRANSIENT_FAILURE;
    reconnection.hurry();
    assertThat(channel.resets).isEqualTo(1);
  }

  @Test
  void leavesAChannelAloneThatDoesNotWait() {
    for (ConnectivityState state : ConnectivityState.values()) {
      channel.state = state;
      if (state != ConnectivityState.TRANSIENT_FAILURE) {
        reconnection.hurry();
      }
    }
    assertThat(channel.resets).isZero();
  }

  @Test
  void manyCallersDoNotHurryItMoreOften() {
    channel.state = ConnectivityState.TRANSIENT_FAILURE;
    long begun = System.nanoTime();
    int most = 1;
    for (int i = 0; i < 10_000; i++) {
      reconnection.hurry();
    }
    most += (int) (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) / 500);
    assertThat(channel.resets).isBetween(1, most);
  }

  private static final class PlayedChannel extends ManagedChannel {
    private ConnectivityState state = ConnectivityState.IDLE;
    private int resets;

    @Override
    public ConnectivityState getState(boolean requestConnection) {
      assertThat(requestConnection).isFalse();
      return state;
    }

    @Override
    public void resetConnectBackoff() {
      resets++;
    }

    @Override
    public ManagedChannel shutdown() {
      return this;
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public ManagedChannel shutdownNow() {
      return this;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }

    @Override
    public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
      throw new UnsupportedOperationException("nobody calls here");
    }

    @Override
    public String authority() {
      return "played";
    }
  }
}
