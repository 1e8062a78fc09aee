package io.tallystick.risk.grpc;

import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import io.tallystick.api.risk.v1.RiskServiceGrpc;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.TestPlatform;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Calls risk-service as somebody.
final class RiskClient implements AutoCloseable {
  private final ManagedChannel channel;

  /// @param caller null for nobody: a connection without a client certificate
  RiskClient(TestPlatform platform, int port, DevCa.@Nullable Credentials caller) {
    try {
      SslContextBuilder tls =
          GrpcSslContexts.forClient().trustManager(platform.ca().certificateFile().toFile());
      if (caller != null) {
        tls.keyManager(caller.certificate().toFile(), caller.key().toFile());
      }
      channel = NettyChannelBuilder.forAddress("localhost", port).sslContext(tls.build()).build();
    } catch (IOException e) {
      throw new AssertionError("no TLS", e);
    }
  }

  RiskServiceGrpc.RiskServiceBlockingStub stub() {
    return RiskServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
  }

  RiskServiceGrpc.RiskServiceBlockingStub stub(long deadlineMillis) {
    return RiskServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(deadlineMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
