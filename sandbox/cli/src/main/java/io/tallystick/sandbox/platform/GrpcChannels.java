package io.tallystick.sandbox.platform;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// mTLS channels to the platform's gRPC ports.
public final class GrpcChannels {
  private static final int STOP_LIMIT_SECONDS = 5;

  private GrpcChannels() {}

  /// A channel as the sandbox's operator.
  public static ManagedChannel operator(PlatformDescription platform, String address)
      throws IOException {
    return open(
        platform.caFile(), platform.operatorCertificateFile(), platform.operatorKeyFile(), address);
  }

  /// A channel as whoever the certificate names.
  public static ManagedChannel open(Path caFile, Path certificate, Path key, String address)
      throws IOException {
    ChannelCredentials credentials =
        TlsChannelCredentials.newBuilder()
            .trustManager(caFile.toFile())
            .keyManager(certificate.toFile(), key.toFile())
            .build();
    return Grpc.newChannelBuilder(address, credentials).build();
  }

  /// Closes a channel and waits a little for its calls to end.
  public static void close(ManagedChannel channel) {
    channel.shutdown();
    try {
      if (!channel.awaitTermination(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException e) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
