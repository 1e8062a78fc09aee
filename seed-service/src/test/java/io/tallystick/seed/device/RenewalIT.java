package io.tallystick.seed.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.kit.database.Database;
import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.Money;
import io.tallystick.seed.device.grpc.ClearingAllowances;
import io.tallystick.seed.device.postgres.PostgresDeviceStore;
import io.tallystick.seed.harness.ClearingPeer;
import io.tallystick.seed.harness.Reply;
import io.tallystick.seed.harness.SeedIT;
import io.tallystick.seed.harness.Wallet;
import io.tallystick.seed.harness.Wallet.Credential;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RenewalIT extends SeedIT {
  @Inject Database database;
  @Inject PostgresDeviceStore devices;
  @Inject ClearingAllowances allowances;

  @Test
  void changesSeedAliasAndAuthorisation() {
    Wallet wallet = newWalletWithPassword();
    Credential before = wallet.enrol();

    Credential after = wallet.renew(before.deviceId(), clock.instant());

    assertThat(after.deviceId()).isEqualTo(before.deviceId());
    assertThat(after.alias()).isNotEqualTo(before.alias());
    assertThat(after.seed()).isNotEqualTo(before.seed());
    DeviceAuthorisation authorisation =
        DeviceAuthorisation.parse(after.reply().bytes("authorisation"));
    assertThat(authorisation.terms().allowance().keyEpoch().value()).isEqualTo(2);
    assertThat(after.reply().body().get("keyEpoch").asInt()).isEqualTo(2);
    assertThat(matches(before.code(clock.instant(), 0))).isFalse();
    assertThat(matches(after.code(clock.instant(), 0))).isTrue();
    assertThat(published(wallet, "DeviceRenewed")).isEqualTo(1);
    assertThat(audited(wallet, "device_renewed")).isEqualTo(1);
    assertThat(inside.count("select count(*) from alias where alias = ?", before.alias().digits()))
        .isZero();
  }

  @Test
  void topsTheAllowanceUp() {
    Wallet wallet = newWalletWithPassword();
    surroundings.clearing().setAvailable(wallet.payerId(), 700);
    Credential before = wallet.enrol();
    surroundings.clearing().setAvailable(wallet.payerId(), 50_000);

    Reply after = wallet.renew(before.deviceId(), clock.instant()).reply();

    assertThat(after.body().get("allowance").get("amountMinor").asLong()).isEqualTo(20_000);
    assertThat(surroundings.clearing().heldMinor(before.deviceId())).isEqualTo(20_000);
  }

  @Test
  void repeatsALostAnswerAndGoesOnAfterClearingWasAway() {
    Wallet wallet = newWalletWithPassword();
    Credential before = wallet.enrol();
    String key = Wallet.newKey();
    surroundings.clearing().set(ClearingPeer.Mode.AWAY);
    Map<String, Object> body = wallet.renewal(key, before.deviceId(), clock.instant());
    wallet.tryRenew(key, before.deviceId(), body).problem(503, "CLEARING_UNAVAILABLE");
    assertThat(matches(before.code(clock.instant(), 0))).isTrue();
    surroundings.clearing().set(ClearingPeer.Mode.ANSWERS);
    eventually(
        "the renewal goes on", () -> wallet.tryRenew(key, before.deviceId(), body).status() == 201);

    // Signed again, at another moment: still the same request.
    clock.advance(Duration.ofMinutes(1));
    Reply again =
        wallet
            .tryRenew(
                key, before.deviceId(), wallet.renewal(key, before.deviceId(), clock.instant()))
            .ok(201);

    assertThat(again.replayed()).isTrue();
    assertThat(matches(Credential.of(again).code(clock.instant(), 1))).isTrue();
    assertThat(published(wallet, "DeviceRenewed")).isEqualTo(1);
  }

  /// The target is a setting: replicas may have two while it changes.
  @Test
  void goesOnUnderAnotherTargetThanItBeganWith() {
    Wallet wallet = newWalletWithPassword();
    Credential before = wallet.enrol();
    Device device =
        database.read(handle ->
            devices
                .find(handle, wallet.payerId(), DeviceId.parse(before.deviceId()))
                .orElseThrow());
    allowances.hold("renew:" + device.id() + ":2", device, Money.of(19_000, "CNY"), List.of());

    Reply after = wallet.renew(before.deviceId(), clock.instant()).reply();

    assertThat(after.body().get("allowance").get("amountMinor").asLong()).isEqualTo(20_000);
  }

  @Test
  void repeatsNothingThatALaterRenewalReplaced() {
    Wallet wallet = newWalletWithPassword();
    Credential device = wallet.enrol();
    String key = Wallet.newKey();
    Map<String, Object> body = wallet.renewal(key, device.deviceId(), clock.instant());
    wallet.tryRenew(key, device.deviceId(), body).ok(201);
    wallet.renew(device.deviceId(), clock.instant());

    wallet.tryRenew(key, device.deviceId(), body).problem(409, "REPLY_EXPIRED");
  }

  @Test
  void needsPasswordProofAndALiveDeviceOfThePayers() {
    Wallet wallet = newWalletWithPassword();
    Credential device = wallet.enrol();
    String key = Wallet.newKey();
    Map<String, Object> body = wallet.renewal(key, device.deviceId(), clock.instant());
    body.put("paymentPassword", "000001");
    wallet.tryRenew(key, device.deviceId(), body).problem(403, "WRONG_PAYMENT_PASSWORD");
    for (long off : List.of(-301L, 301L)) {
      wallet
          .tryRenew(
              key,
              device.deviceId(),
              wallet.renewal(key, device.deviceId(), clock.instant().plusSeconds(off)))
          .problem(403, "PROOF_REFUSED");
    }
    wallet
        .tryRenew(
            Wallet.newKey(),
            device.deviceId(),
            wallet.renewal(key, device.deviceId(), clock.instant()))
        .problem(403, "PROOF_REFUSED");

    Wallet other = newWalletWithPassword();
    other.useDeviceKey(wallet.deviceKey());
    other
        .tryRenew(key, device.deviceId(), other.renewal(key, device.deviceId(), clock.instant()))
        .problem(404, "UNKNOWN_DEVICE");

    wallet.revoke(device.deviceId()).ok(200);
    wallet
        .tryRenew(key, device.deviceId(), wallet.renewal(key, device.deviceId(), clock.instant()))
        .problem(409, "DEVICE_REVOKED");
  }
}
