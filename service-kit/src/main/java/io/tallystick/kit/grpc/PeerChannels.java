package io.tallystick.kit.grpc;

import static java.util.Objects.requireNonNull;

import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.AbstractStub;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingClientInterceptor;
import io.quarkus.runtime.ShutdownEvent;
import io.tallystick.kit.grpc.PeersConfig.Peer;
import io.tallystick.kit.trace.Spans;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Clients of the other services, over mTLS. One channel for each peer, made at its first use.
///
/// The peer must prove by its certificate that it is the service asked for: a terminal's
/// certificate, signed by the same authority, is not enough to pose as a service.
@Singleton
public class PeerChannels {
  static final int STOP = 900;

  private static final int LARGEST_MESSAGE_BYTES = 4 * 1024 * 1024;
  private static final long STOP_WAIT_MILLIS = 2_000;
  private static final int KEEP_ALIVE_SECONDS = 10;
  private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 4;

  private final PeersConfig config;
  private final PeerTls tls;
  private final ClientInterceptor trace;
  private final ClientInterceptor measure;
  private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();

  @Inject
  PeerChannels(PeersConfig config, PeerTls tls, MeterRegistry registry, Spans spans) {
    this.config = config;
    this.tls = tls;
    this.trace = new TraceClientInterceptor(spans);
    this.measure = new MetricCollectingClientInterceptor(registry);
  }

  /// A client of one service's blocking stub.
  ///
  /// ```java
  /// PeerClient<ClearingServiceBlockingStub> clearing =
  ///     channels.client("clearing", ClearingServiceGrpc::newBlockingStub);
  /// PayResponse paid = clearing.call(Retry.IF_UNAVAILABLE, Duration.ofSeconds(2), s -> s.pay(request));
  /// ```
  ///
  /// @param peer the service's name; its address is `tallystick.peers.<peer>.address`
  public <S extends AbstractStub<S>> PeerClient<S> client(
      String peer, Function<io.grpc.Channel, S> stub) {
    if (!config.peers().containsKey(peer)) {
      throw new IllegalArgumentException("tallystick.peers." + peer + ".address is not set");
    }
    ManagedChannel channel = channel(peer);
    return new PeerClient<>(
        peer, stub.apply(channel).withInterceptors(measure, trace), Reconnection.of(channel));
  }

  private ManagedChannel channel(String peer) {
    return channels.computeIfAbsent(peer, this::open);
  }

  private ManagedChannel open(String peer) {
    Peer where = requireNonNull(config.peers().get(peer), "peer has no address");
    ChannelCredentials credentials =
        TlsChannelCredentials.newBuilder()
            .keyManager(tls.keyManager())
            .trustManager(tls.trustManagerFor(peer))
            .build();
    return Grpc.newChannelBuilder("dns:///" + where.address(), credentials)
        .defaultLoadBalancingPolicy("round_robin")
        .maxInboundMessageSize(LARGEST_MESSAGE_BYTES)
        // A connection that a firewall forgot answers nothing and ends nothing: calls on it fail by
        // their deadlines until this is noticed.
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .disableRetry()
        .build();
  }

  void stop(@Observes @Priority(STOP) ShutdownEvent event) throws InterruptedException {
    channels.values().forEach(ManagedChannel::shutdown);
    for (ManagedChannel channel : channels.values()) {
      if (!channel.awaitTermination(STOP_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        channel.shutdownNow();
      }
    }
    tls.close();
  }
}
