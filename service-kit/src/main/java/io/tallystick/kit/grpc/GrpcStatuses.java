package io.tallystick.kit.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.error.ErrorCode;
import java.util.Optional;

/// Translates between [ApiException] and gRPC statuses with `google.rpc.ErrorInfo`.
public final class GrpcStatuses {
  private GrpcStatuses() {}

  /// What leaves for a failure of any kind.
  public static StatusRuntimeException from(Throwable failure) {
    return toStatus(ApiErrors.from(failure));
  }

  static StatusRuntimeException toStatus(ApiException error) {
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setReason(error.reason())
            .setDomain(ApiErrors.DOMAIN)
            .putAllMetadata(error.metadata())
            .build();
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(grpcCode(error.code()).value())
            .setMessage(error.safeMessage())
            .addDetails(Any.pack(info))
            .build());
  }

  /// The facts a peer gave with its status, if it is one of ours.
  static Optional<ErrorInfo> info(Status status, Metadata trailers) {
    com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
    for (Any detail : details.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        try {
          ErrorInfo info = detail.unpack(ErrorInfo.class);
          if (info.getDomain().equals(ApiErrors.DOMAIN)) {
            return Optional.of(info);
          }
        } catch (InvalidProtocolBufferException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  static Status.Code grpcCode(ErrorCode code) {
    return switch (code) {
      case INVALID_ARGUMENT -> Status.Code.INVALID_ARGUMENT;
      case UNAUTHENTICATED -> Status.Code.UNAUTHENTICATED;
      case PERMISSION_DENIED -> Status.Code.PERMISSION_DENIED;
      case NOT_FOUND -> Status.Code.NOT_FOUND;
      case ALREADY_EXISTS -> Status.Code.ALREADY_EXISTS;
      case FAILED_PRECONDITION -> Status.Code.FAILED_PRECONDITION;
      case RESOURCE_EXHAUSTED -> Status.Code.RESOURCE_EXHAUSTED;
      case UNAVAILABLE -> Status.Code.UNAVAILABLE;
      case DEADLINE_EXCEEDED -> Status.Code.DEADLINE_EXCEEDED;
      case INTERNAL -> Status.Code.INTERNAL;
    };
  }

  /// Our code of a gRPC status, empty for those outside the closed set.
  static Optional<ErrorCode> errorCode(Status.Code code) {
    for (ErrorCode candidate : ErrorCode.values()) {
      if (grpcCode(candidate) == code) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
