package io.tallystick.sandbox.base.access;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// What became of a call that brought no message: whoever may make it is told so or hears that the
/// message is missing, and nothing has happened.
enum GrpcOutcome {
  ALLOWED,
  /// `PERMISSION_DENIED`, reason `NOT_ALLOWED`.
  NOT_ALLOWED,
  /// `UNAUTHENTICATED`.
  NO_IDENTITY,
  /// The handshake failed.
  NO_CONNECTION;

  private static final int DEADLINE_SECONDS = 20;

  static GrpcOutcome of(ManagedChannel channel, String method, MethodDescriptor.MethodType type) {
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            MethodDescriptor.newBuilder(Bytes.INSTANCE, Bytes.INSTANCE)
                .setFullMethodName(method)
                .setType(type)
                .build(),
            CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS));
    CompletableFuture<GrpcOutcome> outcome = new CompletableFuture<>();
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(byte[] message) {
            outcome.complete(ALLOWED);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            outcome.complete(of(status, trailers));
          }
        },
        new Metadata());
    call.request(1);
    call.halfClose();
    GrpcOutcome result = outcome.join();
    call.cancel("seen enough", null);
    return result;
  }

  private static GrpcOutcome of(Status status, Metadata trailers) {
    return switch (status.getCode()) {
      case UNAUTHENTICATED -> NO_IDENTITY;
      case PERMISSION_DENIED ->
          reason(status, trailers).equals("NOT_ALLOWED") ? NOT_ALLOWED : ALLOWED;
      case UNAVAILABLE -> NO_CONNECTION;
      case DEADLINE_EXCEEDED -> throw new IllegalStateException("no answer: " + status);
      default -> ALLOWED;
    };
  }

  private static String reason(Status status, Metadata trailers) {
    try {
      for (Any detail : StatusProto.fromStatusAndTrailers(status, trailers).getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return detail.unpack(ErrorInfo.class).getReason();
        }
      }
      return "";
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("details that are none: " + status, e);
    }
  }

  private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
    INSTANCE;

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
