package io.tallystick.risk.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.tallystick.api.common.v1.Money;
import io.tallystick.api.common.v1.Place;
import io.tallystick.api.events.v1.Behaviour;
import io.tallystick.api.events.v1.ClockEvidence;
import io.tallystick.api.events.v1.TapReceived;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.TapEvidence;
import io.tallystick.risk.observation.WalletClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TapMessagesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final TapReceived TAP =
      TapReceived.newBuilder()
          .setPaymentId("tap_00000000000000a100000007")
          .setSerial("00000000000000a100000007")
          .setPayerId("payer-1")
          .setDeviceId("00000000000000a1")
          .setCounter(7)
          .setMerchantId("shop")
          .setTerminalId("T1")
          .setAmount(Money.newBuilder().setAmountMinor(1_850).setCurrency("CNY"))
          .setTappedAt(at(NOON))
          .setReceivedAt(at(NOON.plusSeconds(30)))
          .setAllowanceLeftMinor(-5)
          .setMissingCounters(-1)
          .build();

  private static TapEvidence tap(Observation observation) {
    TapEvidence tap = observation.tap();
    assertThat(tap).isNotNull();
    return tap;
  }

  @Test
  void takesWhatThereIs() {
    Observation observation = TapMessages.observation(TAP);

    assertThat(observation.paidAt()).isEqualTo(NOON);
    assertThat(observation.place()).as("a terminal that moves").isNull();
    assertThat(tap(observation).serial().counter().value()).isEqualTo(7);
    assertThat(tap(observation).allowanceLeftMinor()).isEqualTo(-5);
    assertThat(tap(observation).missingCounters()).as("unsigned").isEqualTo(0xFFFF_FFFFL);
    assertThat(tap(observation).behaviour()).isNull();
    assertThat(tap(observation).clock()).isNull();
  }

  @Test
  void takesCircumstances() {
    Observation observation =
        TapMessages.observation(
            TAP.toBuilder()
                .setTerminalPlace(
                    Place.newBuilder().setLatitudeDegrees(39.9).setLongitudeDegrees(116.4))
                .setBehaviour(Behaviour.newBuilder().setLocationCell(-2).setIntegrityFlags(5))
                .setClock(
                    ClockEvidence.newBuilder()
                        .setLastServerTime(at(NOON.minusSeconds(90)))
                        .setElapsedSeconds(60)
                        .setCreatedAt(at(NOON)))
                .build());

    assertThat(observation.place()).isEqualTo(io.tallystick.risk.observation.Place.of(39.9, 116.4));
    assertThat(tap(observation).behaviour())
        .satisfies(behaviour -> assertThat(behaviour.locationCell()).isEqualTo(0xFFFF_FFFEL));
    assertThat(tap(observation).clock())
        .isEqualTo(new WalletClock(NOON.minusSeconds(90), 60, NOON));
  }

  /// A token says 1970 when the wallet never saw a server's time.
  @Test
  void takesTheEpochForNoServerTime() {
    ClockEvidence never =
        ClockEvidence.newBuilder()
            .setLastServerTime(at(Instant.EPOCH))
            .setCreatedAt(at(NOON))
            .build();

    assertThat(tap(TapMessages.observation(TAP.toBuilder().setClock(never).build())).clock())
        .isEqualTo(new WalletClock(null, 0, NOON));
  }

  @Test
  void refusesWhatIsMalformed() {
    refused(TAP.toBuilder().clearTappedAt(), "tapped_at and received_at must be given");
    refused(TAP.toBuilder().setDeviceId("A1"), "device_id is malformed: A1");
    refused(TAP.toBuilder().setSerial("a1"), "serial is malformed: a1");
    refused(
        TAP.toBuilder().setTappedAt(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)),
        "tapped_at is no time: 9223372036854775807 s");
    refused(
        TAP.toBuilder().setTerminalPlace(Place.newBuilder().setLatitudeDegrees(Double.NaN)),
        "latitudeDegrees must be between -90 and 90, is NaN");
    refused(
        TAP.toBuilder().setAmount(Money.newBuilder().setAmountMinor(1).setCurrency("XXX")),
        "currency is not supported: XXX");
  }

  private static void refused(TapReceived.Builder tap, String message) {
    assertThatThrownBy(() -> TapMessages.observation(tap.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static Timestamp at(Instant instant) {
    return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
  }
}
