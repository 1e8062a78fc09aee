package io.tallystick.sandbox.cli.operator;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.platform.GrpcChannels;
import io.tallystick.sandbox.platform.PlatformDescription;
import java.io.IOException;
import java.util.function.Function;

/// One gRPC call as the operator, with failures as a person reads them.
public final class OperatorCall {
  public static final int DEADLINE_SECONDS = 60;

  private OperatorCall() {}

  public static <T> T make(
      PlatformDescription platform, String address, Function<ManagedChannel, T> call) {
    ManagedChannel channel = open(platform, address);
    try {
      return call.apply(channel);
    } catch (StatusRuntimeException e) {
      switch (e.getStatus().getCode()) {
        case INVALID_ARGUMENT -> throw CommandFailure.usage(e.getStatus().getDescription() + "");
        case UNAVAILABLE, DEADLINE_EXCEEDED, INTERNAL, UNKNOWN ->
            throw CommandFailure.unreachable(address + " does not answer: " + e.getStatus(), e);
        default -> throw CommandFailure.refused(e.getStatus().toString());
      }
    } finally {
      GrpcChannels.close(channel);
    }
  }

  private static ManagedChannel open(PlatformDescription platform, String address) {
    try {
      return GrpcChannels.operator(platform, address);
    } catch (IOException e) {
      throw CommandFailure.usage("can't use the operator's certificate: " + e.getMessage());
    }
  }
}
