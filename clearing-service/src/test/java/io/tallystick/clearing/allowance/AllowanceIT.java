package io.tallystick.clearing.allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.clearing.v1.HoldAllowanceRequest;
import io.tallystick.api.clearing.v1.HoldAllowanceResponse;
import io.tallystick.api.events.v1.ChallengeOutcome;
import io.tallystick.api.events.v1.DecisionOutcome;
import io.tallystick.api.events.v1.DeviceRevoked;
import io.tallystick.clearing.Books;
import io.tallystick.clearing.Grpc;
import io.tallystick.clearing.Pays;
import io.tallystick.clearing.Taps;
import io.tallystick.clearing.Taps.Tap;
import io.tallystick.clearing.TestClock;
import io.tallystick.sandbox.base.TallystickTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "clearing"))
class AllowanceIT {
  @Inject Books books;
  @Inject Taps taps;
  @Inject TestClock clock;
  @Inject AllowanceService allowances;

  @Test
  void fillsUpToTheTargetAsFarAsTheBalanceGoes() {
    String payer = Pays.payerWith(1_000);
    String device = Taps.freshDevice();
    assertThat(held(hold(Pays.fresh("k"), payer, device, 600))).isEqualTo(600);
    assertThat(books.available(payer)).isEqualTo(400);
    assertThat(held(hold(Pays.fresh("k"), payer, device, 600))).isEqualTo(600);
    assertThat(books.available(payer)).isEqualTo(400);
    assertThat(held(hold(Pays.fresh("k"), payer, device, 5_000))).isEqualTo(1_000);
    assertThat(books.available(payer)).isZero();
    assertThat(held(hold(Pays.fresh("k"), payer, device, 250))).isEqualTo(250);
    assertThat(books.available(payer)).isEqualTo(750);
  }

  @Test
  void sameKeyAnswersAsBeforeAndOtherBodiesAreRefused() {
    String payer = Pays.payerWith(1_000);
    String device = Taps.freshDevice();
    String key = Pays.fresh("k");
    hold(key, payer, device, 600);
    taps.deliver(
        Taps.tap(payer, device, 1, "m1", 100).decided(DecisionOutcome.DECISION_OUTCOME_CLEAR));
    assertThat(held(hold(key, payer, device, 600))).isEqualTo(600);
    assertThat(books.allowance(payer, device)).isEqualTo(500);
    assertThatThrownBy(() -> hold(key, payer, device, 601))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("ALREADY_EXISTS")
        .hasMessageContaining("target");
  }

  @Test
  void aPayerWithoutAnAccountIsUnknown() {
    assertThat(hold("k", Pays.fresh("nobody"), Taps.freshDevice(), 1).hasUnknownAccount()).isTrue();
  }

  @Test
  void aReplacedDeviceGivesBackFirst() {
    String payer = Pays.payerWith(1_000);
    String old = Taps.freshDevice();
    String device = Taps.freshDevice();
    hold(Pays.fresh("k"), payer, old, 900);
    assertThat(held(hold(Pays.fresh("k"), payer, device, 700, old))).isEqualTo(700);
    assertThat(books.allowance(payer, old)).isZero();
    assertThat(books.available(payer)).isEqualTo(300);
  }

  @Test
  void aRevokedDeviceKeepsItsAllowanceForTheGracePeriod() {
    String payer = Pays.payerWith(1_000);
    String device = Taps.freshDevice();
    hold(Pays.fresh("k"), payer, device, 600);
    taps.deliver(revokedNow(payer, device));
    allowances.releaseSome();
    assertThat(books.allowance(payer, device)).isEqualTo(600);
    taps.deliver(
        Taps.tap(payer, device, 1, "m1", 100).decided(DecisionOutcome.DECISION_OUTCOME_CLEAR));
    assertThat(books.allowance(payer, device)).isEqualTo(500);
    clock.advance(Duration.ofHours(73));
    allowances.releaseSome();
    assertThat(books.allowance(payer, device)).isZero();
    assertThat(books.available(payer)).isEqualTo(900);
    assertThat(books.number("SELECT count(*) FROM device_end WHERE device_id = ? AND open", device))
        .isZero();
  }

  @Test
  void whatIsHeldAtTheReleaseGoesBackWhenItIsVoided() {
    String payer = Pays.payerWith(1_000);
    String device = Taps.freshDevice();
    hold(Pays.fresh("k"), payer, device, 600);
    Tap tap = Taps.tap(payer, device, 1, "m1", 400);
    taps.deliver(tap.decided(DecisionOutcome.DECISION_OUTCOME_FREEZE), tap.revoked());
    allowances.releaseSome();
    assertThat(books.available(payer)).isEqualTo(600);
    assertThat(books.held(payer)).isEqualTo(400);
    taps.deliver(tap.challenge(ChallengeOutcome.CHALLENGE_OUTCOME_EXPIRED));
    clock.advance(Duration.ofMinutes(2));
    allowances.releaseSome();
    assertThat(books.available(payer)).isEqualTo(1_000);
  }

  @Test
  void anAllowanceFilledAfterTheEndOfItsDeviceGoesBackToo() {
    String payer = Pays.payerWith(1_000);
    String device = Taps.freshDevice();
    taps.deliver(Taps.tap(payer, device, 1, "m1", 1).revoked());
    allowances.releaseSome();
    hold(Pays.fresh("k"), payer, device, 600);
    allowances.releaseSome();
    assertThat(books.available(payer)).isEqualTo(1_000);
  }

  private DeviceRevoked revokedNow(String payer, String device) {
    return DeviceRevoked.newBuilder()
        .setPayerId(payer)
        .setDeviceId(device)
        .setReason("replaced")
        .setRevokedAt(Taps.time(clock.instant()))
        .build();
  }

  private static long held(HoldAllowanceResponse response) {
    return response.getHeld().getAmountMinor();
  }

  private static HoldAllowanceResponse hold(
      String key, String payer, String device, long target, String... released) {
    return Grpc.clearing("seed")
        .holdAllowance(
            HoldAllowanceRequest.newBuilder()
                .setIdempotencyKey(key)
                .setPayerId(payer)
                .setDeviceId(device)
                .setTarget(Pays.cny(target))
                .addAllReleasedDeviceIds(List.of(released))
                .build());
  }
}
