package io.tallystick.sdk.terminal.platform;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.ChannelCredentials;
import io.grpc.ConnectivityState;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.protobuf.StatusProto;
import io.tallystick.api.verify.v1.GetTerminalPackRequest;
import io.tallystick.api.verify.v1.VerifyServiceGrpc;
import io.tallystick.api.verify.v1.VerifyServiceGrpc.VerifyServiceBlockingStub;
import io.tallystick.protocol.trace.Traceparent;
import io.tallystick.sdk.terminal.RefusedException;
import io.tallystick.sdk.terminal.UnreachableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** A connection to verify-service as one terminal. Safe for several threads. */
public final class VerifyConnection implements AutoCloseable {
  private static final Duration PACK_DEADLINE = Duration.ofSeconds(10);
  private static final int MAX_PACK_BYTES = 8 * 1024 * 1024;
  private static final int CLOSE_SECONDS = 5;

  private final ManagedChannel channel;
  private final TerminalCertificate certificate;

  private VerifyConnection(ManagedChannel channel, TerminalCertificate certificate) {
    this.channel = channel;
    this.certificate = certificate;
  }

  /**
   * The files may be replaced while the connection is open: see {@link #renewed()}.
   *
   * @param address {@code host:port}
   * @param caFile the certificate authority that the platform's certificate comes from, PEM
   * @param certificateFile the terminal's client certificate, PEM
   * @param keyFile its private key, PEM
   * @throws IOException when a file can't be used
   */
  public static VerifyConnection open(
      String address, Path caFile, Path certificateFile, Path keyFile) throws IOException {
    return open(address, caFile, certificateFile, keyFile, Traceparent::fresh);
  }

  /**
   * As {@link #open(String, Path, Path, Path)}, in the traces of the software around the terminal.
   *
   * @param traces asked at the start of each call, on the calling thread
   */
  public static VerifyConnection open(
      String address, Path caFile, Path certificateFile, Path keyFile, Supplier<Traceparent> traces)
      throws IOException {
    TerminalCertificate certificate = TerminalCertificate.open(certificateFile, keyFile);
    ChannelCredentials credentials =
        TlsChannelCredentials.newBuilder()
            .trustManager(caFile.toFile())
            .keyManager(certificate.keyManager())
            .build();
    return new VerifyConnection(
        Grpc.newChannelBuilder(address, credentials)
            .intercept(new TraceHeader(traces))
            .maxInboundMessageSize(MAX_PACK_BYTES)
            .keepAliveTime(10, TimeUnit.SECONDS)
            .keepAliveTimeout(4, TimeUnit.SECONDS)
            .build(),
        certificate);
  }

  /** The certificate that new connections are made with; says when it is to be renewed. */
  public TerminalCertificate certificate() {
    return certificate;
  }

  /**
   * Takes up the certificate and key that lie in the files now, for the same terminal. Calls under
   * way end on the connection they have; the next ones go over a new one. Files that don't belong
   * together, another terminal's, or ones that have ended change nothing.
   *
   * @throws IOException when the files can't be used; the certificate of before stays in use
   */
  public void renewed() throws IOException {
    certificate.reload();
    channel.enterIdle();
  }

  /**
   * The signed terminal pack, encoded.
   *
   * @param denyListVersion the terminal has, 0 for none
   */
  public byte[] fetchPack(long denyListVersion) {
    return call(
        PACK_DEADLINE,
        stub ->
            stub.getTerminalPack(
                    GetTerminalPackRequest.newBuilder().setDenyListVersion(denyListVersion).build())
                .getPack()
                .toByteArray());
  }

  /** One unary call. */
  <T> T call(Duration deadline, Function<VerifyServiceBlockingStub, T> call) {
    tryNow();
    try {
      return call.apply(
          VerifyServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS));
    } catch (StatusRuntimeException e) {
      throw explained(e);
    }
  }

  /**
   * gRPC waits up to two minutes between tries to connect; a cashier who asks is a reason to try
   * now.
   */
  private void tryNow() {
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.resetConnectBackoff();
    }
  }

  VerifyServiceGrpc.VerifyServiceStub streaming() {
    tryNow();
    return VerifyServiceGrpc.newStub(channel);
  }

  /** What a status means to a terminal. */
  static RuntimeException explained(StatusRuntimeException e) {
    return switch (e.getStatus().getCode()) {
      case INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          UNAUTHENTICATED,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          UNIMPLEMENTED ->
          new RefusedException(reason(e), e.getStatus().toString(), e);
      case OK,
          CANCELLED,
          UNKNOWN,
          DEADLINE_EXCEEDED,
          RESOURCE_EXHAUSTED,
          ABORTED,
          INTERNAL,
          UNAVAILABLE,
          DATA_LOSS ->
          new UnreachableException(e.getStatus().toString(), e);
    };
  }

  private static String reason(StatusRuntimeException e) {
    com.google.rpc.Status details = StatusProto.fromThrowable(e);
    if (details != null) {
      for (Any detail : details.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          try {
            return detail.unpack(ErrorInfo.class).getReason();
          } catch (InvalidProtocolBufferException damaged) {
            return e.getStatus().getCode().name();
          }
        }
      }
    }
    return e.getStatus().getCode().name();
  }

  @Override
  public void close() {
    channel.shutdown();
    try {
      if (!channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException e) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
