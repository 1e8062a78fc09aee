package io.tallystick.seed.grpc;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.tallystick.api.seed.v1.CheckCodeRequest;
import io.tallystick.api.seed.v1.CheckCodeResponse;
import io.tallystick.api.seed.v1.GetDevicesRequest;
import io.tallystick.api.seed.v1.GetDevicesResponse;
import io.tallystick.api.seed.v1.GetTrustBundleRequest;
import io.tallystick.api.seed.v1.GetTrustBundleResponse;
import io.tallystick.api.seed.v1.SeedServiceGrpc;
import io.tallystick.api.seed.v1.SignTerminalPackRequest;
import io.tallystick.api.seed.v1.SignTerminalPackResponse;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.grpc.GrpcCalls;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.wire.MalformedException;
import io.tallystick.seed.code.CodeChecker;
import io.tallystick.seed.denylist.DenyLists;
import io.tallystick.seed.device.Devices;
import io.tallystick.seed.issuer.IssuerKeys;
import io.tallystick.seed.issuer.PackSigner;
import io.tallystick.seed.issuer.TrustAnchor;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;

/// For verify-service.
@GrpcService
class SeedGrpc extends SeedServiceGrpc.SeedServiceImplBase {
  private static final int MAX_DEVICES = 500;

  @Inject GrpcCalls calls;
  @Inject CodeChecker checker;
  @Inject Devices devices;
  @Inject DenyLists denyLists;
  @Inject IssuerKeys issuerKeys;
  @Inject PackSigner packSigner;
  @Inject TrustAnchor anchor;

  @Override
  public void checkCode(CheckCodeRequest request, StreamObserver<CheckCodeResponse> observer) {
    calls.unary(
        observer,
        () -> Messages.check(parsed("CODE_MALFORMED", () -> checker.check(request.getCode()))));
  }

  @Override
  public void getDevices(GetDevicesRequest request, StreamObserver<GetDevicesResponse> observer) {
    calls.unary(observer, () -> getDevices(request.getDeviceIdsList()));
  }

  @Override
  public void getTrustBundle(
      GetTrustBundleRequest request, StreamObserver<GetTrustBundleResponse> observer) {
    calls.unary(
        observer,
        () ->
            Messages.bundle(
                anchor.root(),
                issuerKeys.trusted(),
                denyLists.since(request.getDenyListVersion())));
  }

  @Override
  public void signTerminalPack(
      SignTerminalPackRequest request, StreamObserver<SignTerminalPackResponse> observer) {
    calls.unary(
        observer,
        () ->
            SignTerminalPackResponse.newBuilder()
                .setSignedPack(
                    ByteString.copyFrom(packSigner.sign(request.getUnsignedPack().toByteArray())))
                .build());
  }

  private GetDevicesResponse getDevices(List<String> ids) {
    if (ids.size() > MAX_DEVICES) {
      throw ApiErrors.invalidArgument("TOO_MANY_DEVICES", "at most 500 device ids");
    }
    List<DeviceId> parsed =
        parsed("DEVICE_ID_MALFORMED", () -> ids.stream().map(DeviceId::parse).toList());
    GetDevicesResponse.Builder response = GetDevicesResponse.newBuilder();
    devices.find(parsed).stream().map(Messages::device).forEach(response::addDevices);
    return response.build();
  }

  private static <T> T parsed(String reason, Supplier<T> value) {
    try {
      return value.get();
    } catch (MalformedException malformed) {
      throw ApiErrors.invalidArgument(reason, malformed.getMessage());
    }
  }
}
