package io.tallystick.seed.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.events.v1.TapConflict;
import io.tallystick.kit.event.EventIds;
import io.tallystick.kit.event.EventStream;
import io.tallystick.seed.harness.SeedIT;
import io.tallystick.seed.harness.Wallet;
import io.tallystick.seed.harness.Wallet.Credential;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DoubleSpendIT extends SeedIT {
  @Inject RedisDataSource redis;

  @Test
  void revokesTheDeviceOnceHoweverOftenItIsTold() {
    Wallet wallet = newWalletWithPassword();
    Credential device = wallet.enrol();
    UUID event = EventIds.at(clock.instant());
    publish(event, wallet, conflict(wallet, device, "evidence-1"));
    publish(event, wallet, conflict(wallet, device, "evidence-1"));
    publish(EventIds.at(clock.instant()), wallet, conflict(wallet, device, "evidence-2"));

    eventually("both proofs are noted", () -> audited(wallet, "double_spend") == 2);
    // All of one payer is in one partition: what comes after it says that it was read to the end.
    publish(EventIds.at(clock.instant()), wallet, conflict(wallet, device, "evidence-3"));
    eventually("the third proof is noted", () -> audited(wallet, "double_spend") == 3);

    assertThat(audited(wallet, "device_revoked")).isEqualTo(1);
    assertThat(published(wallet, "DeviceRevoked")).isEqualTo(1);
    assertThat(matches(device.code(clock.instant(), 0))).isFalse();
    assertThat(
            inside.rows(
                "select revocation_reason from device where device_id = ?", device.deviceId()))
        .containsExactly(List.of("double_spend"));
    assertThat(inside.rows("select reason from deny_entry where device_id = ?", device.deviceId()))
        .containsExactly(List.of("double_spend"));
    assertThat(
            inside.rows(
                "select details ->> 'evidenceId', actor from security_event"
                    + " where payer_id = ? and kind = 'double_spend' order by 1 limit 1",
                wallet.payerId()))
        .containsExactly(List.of("evidence-1", "event:" + event));
  }

  @Test
  void leavesADeviceThatWasRevokedBeforeAsItWas() {
    Wallet wallet = newWalletWithPassword();
    Credential replaced = wallet.enrol();
    Credential live = wallet.enrolAnother();

    publish(EventIds.at(clock.instant()), wallet, conflict(wallet, replaced, "evidence-4"));
    eventually("the proof is noted", () -> audited(wallet, "double_spend") == 1);

    assertThat(
            inside.rows(
                "select revocation_reason from device where device_id = ?", replaced.deviceId()))
        .containsExactly(List.of("replaced"));
    assertThat(matches(live.code(clock.instant(), 0))).isTrue();
  }

  private static TapConflict conflict(Wallet wallet, Credential device, String evidenceId) {
    return TapConflict.newBuilder()
        .setSerial(device.deviceId() + "00000001")
        .setPayerId(wallet.payerId())
        .setDeviceId(device.deviceId())
        .setEvidenceId(evidenceId)
        .build();
  }

  /// As verify-service's relay writes it.
  private void publish(UUID id, Wallet wallet, Message message) {
    Map<String, byte[]> fields = new LinkedHashMap<>();
    fields.put("id", bytes(id.toString()));
    fields.put("type", bytes(message.getDescriptorForType().getName()));
    fields.put("key", bytes(wallet.payerId()));
    fields.put("at", bytes(clock.instant().toString()));
    fields.put("data", message.toByteArray());
    redis.stream(String.class, String.class, byte[].class).xadd(EventStream.TOKENS.key(0), fields);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
