package io.tallystick.verify.testing;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// What a failed call said.
public record Statuses(Status.Code code, String reason, Map<String, String> metadata, String text) {

  public static Statuses of(ThrowingCallable call) {
    StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
    if (failure == null) {
      throw new AssertionError("the call did not fail");
    }
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    try {
      ErrorInfo info =
          status == null || status.getDetailsCount() == 0
              ? ErrorInfo.getDefaultInstance()
              : status.getDetails(0).unpack(ErrorInfo.class);
      return new Statuses(
          failure.getStatus().getCode(), info.getReason(), info.getMetadataMap(), "" + status);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
