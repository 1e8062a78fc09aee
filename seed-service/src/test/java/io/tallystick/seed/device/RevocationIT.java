package io.tallystick.seed.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.seed.v1.Device;
import io.tallystick.api.seed.v1.GetDevicesRequest;
import io.tallystick.api.seed.v1.RevokeDeviceRequest;
import io.tallystick.seed.harness.Reply;
import io.tallystick.seed.harness.SeedIT;
import io.tallystick.seed.harness.Wallet;
import io.tallystick.seed.harness.Wallet.Credential;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RevocationIT extends SeedIT {
  @Test
  void aPayerRevokesADeviceWithThePassword() {
    Wallet wallet = newWalletWithPassword();
    Credential device = wallet.enrol();
    rest.send(
            "DELETE",
            "/v1/devices/" + device.deviceId(),
            wallet.token(),
            Wallet.newKey(),
            Map.of("paymentPassword", "000001"))
        .problem(403, "WRONG_PAYMENT_PASSWORD");
    assertThat(matches(device.code(clock.instant(), 0))).isTrue();

    Reply revoked = wallet.revoke(device.deviceId()).ok(200);

    assertThat(revoked.text("state")).isEqualTo("revoked");
    assertThat(revoked.text("revocationReason")).isEqualTo("payer_request");
    assertThat(matches(device.code(clock.instant(), 0))).isFalse();
    assertThat(wallet.revoke(device.deviceId()).ok(200).body()).isEqualTo(revoked.body());
    assertThat(published(wallet, "DeviceRevoked")).isEqualTo(1);
    assertThat(audited(wallet, "device_revoked")).isEqualTo(1);
  }

  @Test
  void nobodyRevokesAnothersDeviceNorOneThatIsNot() {
    Credential device = newWalletWithPassword().enrol();

    newWalletWithPassword().revoke(device.deviceId()).problem(404, "UNKNOWN_DEVICE");
    newWalletWithPassword().revoke("0000000000000000").problem(404, "UNKNOWN_DEVICE");
    newWalletWithPassword().revoke("nonsense").problem(400, "FIELD_MALFORMED");
    assertThat(matches(device.code(clock.instant(), 0))).isTrue();
  }

  @Test
  void anOperatorRevokesAnyDeviceOnce() {
    Wallet wallet = newWalletWithPassword();
    Credential device = wallet.enrol();
    RevokeDeviceRequest request =
        RevokeDeviceRequest.newBuilder()
            .setDeviceId(device.deviceId())
            .setReason("reported stolen")
            .build();

    assertThat(admin.revokeDevice(request)).isEqualTo(admin.revokeDevice(request));

    assertThat(matches(device.code(clock.instant(), 0))).isFalse();
    assertThat(published(wallet, "DeviceRevoked")).isEqualTo(1);
    assertThat(
            inside.rows(
                "select actor, details ->> 'reason', details ->> 'note' from security_event"
                    + " where device_id = ? and kind = 'device_revoked'",
                device.deviceId()))
        .containsExactly(
            List.of("spiffe://tallystick.io/operator/alice", "operator", "reported stolen"));
    assertThatThrownBy(
            () -> admin.revokeDevice(request.toBuilder().setDeviceId("0000000000000000").build()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> assertThat(reasonOf(failure)).isEqualTo("UNKNOWN_DEVICE"));
  }

  @Test
  void listsThePayersDevicesNewestFirst() {
    Wallet wallet = newWalletWithPassword();
    Credential first = wallet.enrol();
    Credential second = wallet.enrolAnother();

    JsonNode devices = wallet.get("/v1/devices").ok(200).body().get("devices");

    assertThat(devices).hasSize(2);
    assertThat(devices.get(0).get("deviceId").asText()).isEqualTo(second.deviceId());
    assertThat(devices.get(0).get("state").asText()).isEqualTo("live");
    assertThat(devices.get(0).get("revokedAt").isNull()).isTrue();
    assertThat(devices.get(1).get("deviceId").asText()).isEqualTo(first.deviceId());
    assertThat(devices.get(1).get("revocationReason").asText()).isEqualTo("replaced");
  }

  @Test
  void tellsVerifyServiceOfDevices() {
    Wallet wallet = newWalletWithPassword();
    Credential revoked = wallet.enrol();
    Credential live = wallet.enrolAnother();

    List<Device> devices =
        verify
            .getDevices(
                GetDevicesRequest.newBuilder()
                    .addDeviceIds(live.deviceId())
                    .addDeviceIds(revoked.deviceId())
                    .addDeviceIds("0000000000000000")
                    .build())
            .getDevicesList();

    assertThat(devices).hasSize(2);
    assertThat(devices)
        .filteredOn(device -> device.getDeviceId().equals(live.deviceId()))
        .singleElement()
        .satisfies(device -> {
          assertThat(device.getPayerId()).isEqualTo(wallet.payerId());
          assertThat(device.hasRevokedAt()).isFalse();
          assertThat(device.getKeyEpoch()).isEqualTo(1);
          assertThat(device.getPublicKey().toByteArray())
              .isEqualTo(wallet.deviceKey().publicKey().compressed());
          assertThat(device.getAllowance().getAmountMinor()).isEqualTo(20_000);
        });
    assertThat(devices)
        .filteredOn(device -> device.getDeviceId().equals(revoked.deviceId()))
        .singleElement()
        .satisfies(device -> {
          assertThat(device.hasRevokedAt()).isTrue();
          assertThat(device.getRevocationReason()).isEqualTo("replaced");
        });
    assertThatThrownBy(() ->
            verify.getDevices(
                GetDevicesRequest.newBuilder()
                    .addAllDeviceIds(Collections.nCopies(501, live.deviceId()))
                    .build()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> assertThat(reasonOf(failure)).isEqualTo("TOO_MANY_DEVICES"));
  }
}
