package io.tallystick.clearing;

import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.tallystick.api.clearing.v1.ClearingServiceGrpc;
import io.tallystick.api.clearing.v1.ClearingServiceGrpc.ClearingServiceBlockingStub;
import io.tallystick.api.clearing.v1.LedgerAdminServiceGrpc;
import io.tallystick.api.clearing.v1.LedgerAdminServiceGrpc.LedgerAdminServiceBlockingStub;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.TestPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;

/// Callers over mTLS, as the real ones are.
public final class Grpc {
  private static final Map<String, DevCa.Credentials> SERVICES = new ConcurrentHashMap<>();
  private static final Map<String, ManagedChannel> CHANNELS = new ConcurrentHashMap<>();

  private Grpc() {}

  /// As a service calls.
  public static ClearingServiceBlockingStub clearing(String service) {
    // Each call of the authority writes another certificate over the one that is being read.
    DevCa.Credentials credentials =
        SERVICES.computeIfAbsent(service, TestPlatform.get().ca()::service);
    return ClearingServiceGrpc.newBlockingStub(channel(credentials))
        .withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  /// As an operator calls.
  public static LedgerAdminServiceBlockingStub admin() {
    return LedgerAdminServiceGrpc.newBlockingStub(
            channel(TestPlatform.get().ca().operator("operator")))
        .withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  static ManagedChannel channel(DevCa.Credentials credentials) {
    int port = ConfigProvider.getConfig().getValue("quarkus.grpc.server.test-port", Integer.class);
    return CHANNELS.computeIfAbsent(
        credentials.certificate() + "@" + port, _ -> connect(credentials, port));
  }

  private static ManagedChannel connect(DevCa.Credentials credentials, int port) {
    try {
      return io.grpc.Grpc.newChannelBuilder(
              "localhost:" + port,
              TlsChannelCredentials.newBuilder()
                  .keyManager(credentials.certificate().toFile(), credentials.key().toFile())
                  .trustManager(TestPlatform.get().ca().certificateFile().toFile())
                  .build())
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
