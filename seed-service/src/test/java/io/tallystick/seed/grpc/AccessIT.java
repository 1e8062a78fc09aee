package io.tallystick.seed.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.seed.v1.CheckCodeRequest;
import io.tallystick.api.seed.v1.CreateIssuerKeyRequest;
import io.tallystick.api.seed.v1.GetDevicesRequest;
import io.tallystick.api.seed.v1.GetTrustBundleRequest;
import io.tallystick.api.seed.v1.InstallIssuerCertificateRequest;
import io.tallystick.api.seed.v1.RevokeDeviceRequest;
import io.tallystick.api.seed.v1.SeedAdminServiceGrpc;
import io.tallystick.api.seed.v1.SeedAdminServiceGrpc.SeedAdminServiceBlockingStub;
import io.tallystick.api.seed.v1.SeedServiceGrpc;
import io.tallystick.api.seed.v1.SeedServiceGrpc.SeedServiceBlockingStub;
import io.tallystick.api.seed.v1.SignTerminalPackRequest;
import io.tallystick.api.seed.v1.UnlockPayerRequest;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.seed.harness.SeedIT;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AccessIT extends SeedIT {
  private static final List<Consumer<SeedServiceBlockingStub>> FOR_VERIFY =
      List.of(
          stub -> stub.checkCode(CheckCodeRequest.getDefaultInstance()),
          stub -> stub.getDevices(GetDevicesRequest.getDefaultInstance()),
          stub -> stub.getTrustBundle(GetTrustBundleRequest.getDefaultInstance()),
          stub -> stub.signTerminalPack(SignTerminalPackRequest.getDefaultInstance()));

  private static final List<Consumer<SeedAdminServiceBlockingStub>> FOR_OPERATORS =
      List.of(
          stub -> stub.createIssuerKey(CreateIssuerKeyRequest.getDefaultInstance()),
          stub ->
              stub.installIssuerCertificate(InstallIssuerCertificateRequest.getDefaultInstance()),
          stub -> stub.unlockPayer(UnlockPayerRequest.getDefaultInstance()),
          stub -> stub.revokeDevice(RevokeDeviceRequest.getDefaultInstance()));

  @Test
  void onlyVerifyServiceAsksAboutCodesAndDevices() {
    for (DevCa.Credentials other :
        List.of(
            platform.ca().service("clearing"),
            platform.ca().service("risk"),
            platform.ca().operator("alice"),
            platform.ca().terminal("m1", "t1"))) {
      SeedServiceBlockingStub stub = SeedServiceGrpc.newBlockingStub(channel(other));
      FOR_VERIFY.forEach(call -> refused(() -> call.accept(stub)));
    }
  }

  @Test
  void onlyOperatorsAdminister() {
    for (DevCa.Credentials other :
        List.of(
            platform.ca().service("verify"),
            platform.ca().service("seed"),
            platform.ca().terminal("m1", "t1"))) {
      ManagedChannel channel = channel(other);
      SeedAdminServiceBlockingStub stub = SeedAdminServiceGrpc.newBlockingStub(channel);
      FOR_OPERATORS.forEach(call -> refused(() -> call.accept(stub)));
    }
  }

  private static void refused(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> assertThat(failure.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED));
  }
}
