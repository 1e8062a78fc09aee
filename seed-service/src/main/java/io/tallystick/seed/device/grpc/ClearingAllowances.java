package io.tallystick.seed.device.grpc;

import io.tallystick.api.clearing.v1.ClearingServiceGrpc;
import io.tallystick.api.clearing.v1.ClearingServiceGrpc.ClearingServiceBlockingStub;
import io.tallystick.api.clearing.v1.HoldAllowanceRequest;
import io.tallystick.api.clearing.v1.HoldAllowanceResponse;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.error.ErrorCode;
import io.tallystick.kit.grpc.PeerChannels;
import io.tallystick.kit.grpc.PeerClient;
import io.tallystick.kit.grpc.Retry;
import io.tallystick.kit.proto.ProtoMoney;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.Money;
import io.tallystick.seed.device.Device;
import io.tallystick.seed.device.DeviceErrors;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/// Asks clearing-service to hold a device's offline allowance. Idempotent by occasion and target,
/// so it is sent again when there was no answer. The target belongs to the key because it is a
/// setting: what was begun under another one must be able to go on.
@Singleton
public class ClearingAllowances {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final PeerClient<ClearingServiceBlockingStub> clearing;

  ClearingAllowances(PeerChannels channels) {
    clearing = channels.client("clearing", ClearingServiceGrpc::newBlockingStub);
  }

  /// @param occasion the step of the device that the allowance is for
  /// @param target what the device's allowance should be
  /// @param released the payer's devices whose allowance goes back to the balance first
  /// @return what is held; less than the target where the balance is smaller
  /// @throws io.tallystick.kit.error.ApiException `CLEARING_UNAVAILABLE` when there is no answer:
  ///   the money may or may not be held, and the same request finds out; `ACCOUNT_UNKNOWN`
  public Money hold(String occasion, Device device, Money target, List<DeviceId> released) {
    HoldAllowanceRequest request =
        HoldAllowanceRequest.newBuilder()
            .setIdempotencyKey(occasion + ":" + target)
            .setPayerId(device.payerId())
            .setDeviceId(device.id().toString())
            .setTarget(ProtoMoney.of(target))
            .addAllReleasedDeviceIds(released.stream().map(DeviceId::toString).toList())
            .build();
    HoldAllowanceResponse response = ask(request);
    return switch (response.getResultCase()) {
      case HELD -> ProtoMoney.from(response.getHeld());
      case UNKNOWN_ACCOUNT -> throw DeviceErrors.accountUnknown();
      case RESULT_NOT_SET ->
          throw new IllegalStateException("clearing-service answered without a result");
    };
  }

  private HoldAllowanceResponse ask(HoldAllowanceRequest request) {
    try {
      return clearing.call(Retry.IF_UNAVAILABLE, TIMEOUT, stub -> stub.holdAllowance(request));
    } catch (ApiException failure) {
      if (failure.code() == ErrorCode.UNAVAILABLE
          || failure.code() == ErrorCode.DEADLINE_EXCEEDED) {
        throw ApiErrors.unavailable(
            "CLEARING_UNAVAILABLE",
            "the allowance could not be held; try again with the same key",
            failure);
      }
      throw failure;
    }
  }
}
