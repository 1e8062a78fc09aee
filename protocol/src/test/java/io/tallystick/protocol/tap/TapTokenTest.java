package io.tallystick.protocol.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.fixture.Sample;
import io.tallystick.protocol.fixture.SeededRandom;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.wire.MalformedException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TapTokenTest {
  private static final SeededRandom RANDOM = new SeededRandom("tokens");

  private final TapToken token = Sample.token();

  @Test
  void goesThroughBytesAndTextAndBack() {
    assertThat(TapToken.parse(token.encode())).isEqualTo(token);
    assertThat(TapToken.parseText(token.toText(), NetworkProfile.DEFAULT)).isEqualTo(token);
    assertThat(token.toText()).startsWith("-----BEGIN TALLYSTICK TAP TOKEN-----\n");
    assertThat(token.encode().length).isLessThan(TapToken.MAX_LENGTH);
    TapToken alternate =
        TapToken.sign(
            Sample.authorisation(NetworkProfile.ALTERNATE), Sample.body(), Sample.DEVICE, RANDOM);
    assertThat(TapToken.parse(alternate.encode(), NetworkProfile.ALTERNATE)).isEqualTo(alternate);
  }

  @Test
  void isAuthorisationThenBodyThenASignatureOverBoth() {
    byte[] bytes = token.encode();
    byte[] authorisation = token.authorisation().encode();
    byte[] body = token.body().encode();
    assertThat(bytes).hasSize(276 + body.length + 64).startsWith(authorisation);
    assertThat(bytes[276]).isEqualTo((byte) 0xE1);
    assertThat(bytes).endsWith(token.signature().bytes());
    assertThat(token.isSignedByDevice()).isTrue();
  }

  @Test
  void theSerialIsDeviceAndCounter() {
    assertThat(token.serial()).hasToString("0123456789abcdef0000002a");
  }

  /** The device can sign one tap in many ways; that must not look like many taps. */
  @Test
  void signingTheSameTapAgainIsTheSameTap() {
    TapToken again = TapToken.sign(token.authorisation(), token.body(), Sample.DEVICE, RANDOM);
    assertThat(again).isNotEqualTo(token);
    assertThat(again.digest()).isEqualTo(token.digest());
    assertThat(again.relationTo(token)).isEqualTo(TapRelation.SAME);
    DeviceAuthorisation renewed =
        DeviceAuthorisation.sign(Sample.certificate(), Sample.terms(), Sample.ISSUER, RANDOM);
    TapToken underRenewal = TapToken.sign(renewed, token.body(), Sample.DEVICE, RANDOM);
    assertThat(underRenewal.relationTo(token)).isEqualTo(TapRelation.SAME);
  }

  @Test
  void oneSerialAndTwoBodiesIsAConflict() {
    assertThat(token.relationTo(Sample.conflictingToken())).isEqualTo(TapRelation.CONFLICT);
    TapBody next =
        TapBody.answering(Sample.request())
            .counter(Counter.of(43))
            .createdAt(Sample.NOW)
            .allowanceLeftMinor(0)
            .walletHead(LogHead.GENESIS)
            .build();
    TapToken other = TapToken.sign(token.authorisation(), next, Sample.DEVICE, RANDOM);
    assertThat(token.relationTo(other)).isEqualTo(TapRelation.UNRELATED);
    assertThat(other.cover())
        .as("nothing is left, and all was held")
        .isEqualTo(TapCover.GUARANTEED);
  }

  @Test
  void knowsItsCover() {
    assertThat(token.cover()).isEqualTo(TapCover.GUARANTEED);
  }

  @Test
  void refusesBodiesThatCannotBe() {
    TapBodyBuilder builder =
        TapBody.answering(Sample.request())
            .counter(Counter.of(1))
            .createdAt(Sample.NOW)
            .allowanceLeftMinor(0);
    assertThatThrownBy(builder::build).isInstanceOf(NullPointerException.class);
    builder.walletHead(LogHead.GENESIS);
    builder.build();
    assertThatThrownBy(() -> builder.validitySeconds(0).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.validitySeconds(1).tapsSinceOnline(256).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new TapRequest(
                Sample.MERCHANT,
                Sample.TERMINAL_ID,
                Money.of(0, "CNY"),
                Sample.request().nonce(),
                Sample.NOW,
                LogHead.GENESIS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void halvesKnowTheirPlaceInTheLog() {
    TapHalf wallet = Sample.walletHalf();
    TapHalf terminal = Sample.terminalHalf();
    assertThat(wallet.isPositionConsistent()).isTrue();
    assertThat(terminal.isPositionConsistent()).isTrue();
    assertThat(wallet.position().sequence()).isEqualTo(1);
    TapHalf moved =
        new TapHalf(
            TapHalf.Side.WALLET, token, Optional.empty(), wallet.position().append(token.digest()));
    assertThat(moved.isPositionConsistent()).isFalse();
    assertThat(TapHalf.parse(moved.encode())).isEqualTo(moved);
    assertThat(TapHalf.parse(terminal.encode())).isEqualTo(terminal);
    assertThat(TapHalf.parseText(wallet.toText(), NetworkProfile.DEFAULT)).isEqualTo(wallet);
    assertThat(wallet.digest()).isNotEqualTo(terminal.digest());
    assertThat(wallet.encode().length).isLessThanOrEqualTo(TapHalf.MAX_LENGTH);
  }

  @Test
  void refusesATokenWithMoreBehindIt() {
    byte[] longer = java.util.Arrays.copyOf(token.encode(), token.encode().length + 1);
    assertThatThrownBy(() -> TapToken.parse(longer)).isInstanceOf(MalformedException.class);
  }

  @Test
  void clockEvidenceImpliesATime() {
    ClockEvidence evidence = token.body().clockEvidence();
    assertThat(evidence.impliedTime()).isEqualTo(Sample.NOW.plusSeconds(1));
    assertThat(evidence.aheadBy(Sample.NOW.plusSeconds(61))).isEqualTo(Duration.ofMinutes(1));
    assertThat(ClockEvidence.NONE.isPresent()).isFalse();
  }

  @Test
  void cellsAreAboutAKilometre() {
    LocationCell shanghai = LocationCell.of(31.2304, 121.4737);
    LocationCell beijing = LocationCell.of(39.9042, 116.4074);
    assertThat(shanghai.metresTo(beijing)).isBetween(1_060_000.0, 1_075_000.0);
    assertThat(shanghai.metresTo(shanghai)).isZero();
    assertThat(shanghai).hasToString("31.235,121.475");
    assertThat(LocationCell.of(90, 180).isKnown()).isTrue();
    assertThat(LocationCell.UNKNOWN.isKnown()).isFalse();
    assertThatThrownBy(LocationCell.UNKNOWN::latitude).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> LocationCell.of(Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LocationCell(18_000, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsInAFingerprintStopAtWhatTheirBytesHold() {
    BehaviourFingerprint many =
        new BehaviourFingerprint(
            LocationCell.UNKNOWN,
            Integer.MAX_VALUE,
            1_000,
            1_000,
            100_000,
            java.util.Set.of(),
            UnlockMethod.NONE);
    assertThat(many.secondsSinceUnlock()).isEqualTo(BehaviourFingerprint.MAX_SECONDS);
    assertThat(many.tapsInTenSeconds()).isEqualTo(255);
    assertThat(many.tapsInHour()).isEqualTo(65_535);
  }
}
