package io.tallystick.seed.denylist;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.seed.v1.GetTrustBundleRequest;
import io.tallystick.api.seed.v1.GetTrustBundleResponse;
import io.tallystick.api.seed.v1.GetTrustBundleResponse.DenyListCase;
import io.tallystick.protocol.authorisation.AuthorisationVerifier;
import io.tallystick.protocol.deny.DenyList;
import io.tallystick.protocol.deny.DenyListDelta;
import io.tallystick.protocol.deny.DenyStatus;
import io.tallystick.protocol.deny.DenyUpdate;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.seed.harness.Reply;
import io.tallystick.seed.harness.SeedIT;
import io.tallystick.seed.harness.Wallet;
import io.tallystick.seed.harness.Wallet.Credential;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DenyListIT extends SeedIT {
  @Test
  void listsARevokedDeviceAtOnceSigned() {
    Wallet wallet = newWalletWithPassword();
    Credential replaced = wallet.enrol();
    assertThat(full().contains(id(replaced))).isFalse();
    Credential live = wallet.enrolAnother();

    DenyList list = full();

    assertThat(list.contains(id(replaced))).isTrue();
    assertThat(list.contains(id(live))).isFalse();
    assertThat(list.verify(issuers(), clock.instant())).isEqualTo(DenyStatus.GOOD);
  }

  @Test
  void leadsFromAnEarlierVersionByADelta() {
    DenyList before = full();
    Credential revoked = revoke();
    Credential another = revoke();

    GetTrustBundleResponse bundle = bundle(before.version());

    assertThat(bundle.getDenyListCase()).isEqualTo(DenyListCase.DELTA);
    DenyListDelta delta = DenyListDelta.parse(bundle.getDelta().toByteArray());
    assertThat(delta.applyTo(before, issuers(), clock.instant()))
        .isInstanceOfSatisfying(
            DenyUpdate.Applied.class,
            applied -> {
              assertThat(applied.list()).isEqualTo(full());
              assertThat(applied.list().contains(id(revoked))).isTrue();
              assertThat(applied.list().contains(id(another))).isTrue();
              assertThat(applied.list().version()).isEqualTo(bundle.getDenyListVersion());
            });
    // Again, now from memory.
    assertThat(bundle(before.version()).getDelta()).isEqualTo(bundle.getDelta());
  }

  @Test
  void isSignedAfreshWhenNothingChanged() {
    DenyList before = full();
    clock.advance(Duration.ofSeconds(61));

    GetTrustBundleResponse bundle = bundle(before.version());

    assertThat(bundle.getDenyListCase()).isEqualTo(DenyListCase.REFRESHED);
    DenyList fresh = DenyList.parse(bundle.getRefreshed().toByteArray());
    assertThat(fresh.version()).isEqualTo(before.version());
    assertThat(fresh.devices()).isEqualTo(before.devices());
    assertThat(fresh.issuedAt()).isAfter(before.issuedAt());
    assertThat(fresh.verify(issuers(), clock.instant())).isEqualTo(DenyStatus.GOOD);
  }

  @Test
  void dropsADeviceWhenItsAuthorisationHasEnded() {
    Credential revoked = revoke();
    DenyList before = full();
    assertThat(before.contains(id(revoked))).isTrue();
    clock.advance(Duration.ofDays(30).plusMinutes(1));

    GetTrustBundleResponse bundle = bundle(before.version());

    assertThat(bundle.getDenyListCase()).isEqualTo(DenyListCase.DELTA);
    assertThat(
            DenyListDelta.parse(bundle.getDelta().toByteArray())
                .applyTo(before, issuers(), clock.instant()))
        .isInstanceOfSatisfying(
            DenyUpdate.Applied.class,
            applied -> assertThat(applied.list().contains(id(revoked))).isFalse());
  }

  @Test
  void isGivenWholeFromAVersionThatIsTooOldOrYetToCome() throws SQLException {
    DenyList before = full();
    inside.change("update deny_list_head set version = version + 1001");
    revoke();

    assertThat(bundle(before.version()).getDenyListCase()).isEqualTo(DenyListCase.FULL);
    assertThat(bundle(full().version() + 1).getDenyListCase()).isEqualTo(DenyListCase.FULL);
  }

  @Test
  void isSignedByTheIssuerKeyInForce() {
    full();
    var rotated = operator.rotateTo("deny-list-rotation-" + Wallet.newKey(), 7);

    DenyList list = full();

    assertThat(list.issuer()).isEqualTo(rotated);
    assertThat(list.verify(issuers(), clock.instant())).isEqualTo(DenyStatus.GOOD);
  }

  @Test
  void isTheSameOverRest() {
    Wallet wallet = newWalletWithPassword();
    DenyList before = full();
    Credential revoked = revoke();

    Reply delta = wallet.get("/v1/deny-list?since=" + before.version()).ok(200);
    Reply whole = wallet.get("/v1/deny-list").ok(200);
    Reply fresh = wallet.get("/v1/deny-list?since=" + whole.text("version")).ok(200);

    assertThat(delta.text("kind")).isEqualTo("delta");
    assertThat(whole.text("kind")).isEqualTo("full");
    assertThat(fresh.text("kind")).isEqualTo("refreshed");
    assertThat(DenyList.parse(whole.bytes("list")).contains(id(revoked))).isTrue();
    assertThat(DenyListDelta.parse(delta.bytes("list")).added()).contains(id(revoked));
    wallet.get("/v1/deny-list?since=-1").problem(400, "VALIDATION_FAILED");
  }

  private Credential revoke() {
    Wallet wallet = newWalletWithPassword();
    Credential device = wallet.enrol();
    wallet.revoke(device.deviceId()).ok(200);
    return device;
  }

  private GetTrustBundleResponse bundle(long version) {
    return verify.getTrustBundle(
        GetTrustBundleRequest.newBuilder().setDenyListVersion(version).build());
  }

  private DenyList full() {
    return DenyList.parse(bundle(0).getFull().toByteArray());
  }

  private AuthorisationVerifier issuers() {
    return AuthorisationVerifier.trusting(surroundings.root().publicKey());
  }

  private static DeviceId id(Credential credential) {
    return DeviceId.parse(credential.deviceId());
  }
}
