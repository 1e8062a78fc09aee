package io.tallystick.risk;

import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.risk.history.KnownPayment;
import io.tallystick.risk.history.KnownTap;
import io.tallystick.risk.history.Standing;
import io.tallystick.risk.observation.Behaviour;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.Place;
import io.tallystick.risk.observation.TapEvidence;
import io.tallystick.risk.observation.WalletClock;
import io.tallystick.risk.observation.Way;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Makes observations that no rule has anything against; tests change what they are about.
public final class Sample {
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  public static final Place BEIJING = Place.of(39.9042, 116.4074);
  public static final Place SHANGHAI = Place.of(31.2304, 121.4737);
  public static final DeviceId DEVICE = DeviceId.parse("00000000000000a1");

  private String payerId = "payer-1";
  private DeviceId deviceId = DEVICE;
  private Way way = Way.TAP;
  private String terminal = "T1";
  private long amountMinor = 1_850;
  private String currency = "CNY";
  private Instant paidAt = NOON;
  private Duration delay = Duration.ofSeconds(30);
  private @Nullable Instant enrolledAt;
  private @Nullable Place place = BEIJING;
  private long counter = 1;
  private long leftMinor = 50_000;
  private boolean poweredOff;
  private boolean late;
  private long missing;
  private @Nullable Behaviour behaviour;
  private @Nullable WalletClock clock;

  public static Sample tap(long counter) {
    Sample sample = new Sample();
    sample.counter = counter;
    return sample;
  }

  public static Sample code() {
    Sample sample = new Sample();
    sample.way = Way.OFFLINE_CODE;
    sample.delay = Duration.ZERO;
    return sample;
  }

  public Sample payer(String payerId) {
    this.payerId = payerId;
    return this;
  }

  public Sample device(String hex) {
    this.deviceId = DeviceId.parse(hex);
    return this;
  }

  public Sample terminal(String terminal) {
    this.terminal = terminal;
    return this;
  }

  public Sample amount(long amountMinor) {
    this.amountMinor = amountMinor;
    return this;
  }

  public Sample currency(String currency) {
    this.currency = currency;
    return this;
  }

  public Sample at(Instant paidAt) {
    this.paidAt = paidAt;
    return this;
  }

  public Sample at(long secondsAfterNoon) {
    return at(NOON.plusSeconds(secondsAfterNoon));
  }

  public Sample receivedAfter(Duration delay) {
    this.delay = delay;
    return this;
  }

  public Sample enrolledAt(Instant enrolledAt) {
    this.enrolledAt = enrolledAt;
    return this;
  }

  public Sample place(@Nullable Place place) {
    this.place = place;
    return this;
  }

  public Sample left(long leftMinor) {
    this.leftMinor = leftMinor;
    return this;
  }

  public Sample poweredOff() {
    this.poweredOff = true;
    return this;
  }

  public Sample late() {
    this.late = true;
    return this;
  }

  public Sample missing(long counters) {
    this.missing = counters;
    return this;
  }

  public Sample fingerprint(long cell, int integrityFlags) {
    this.behaviour = new Behaviour(cell, 5, 0, 0, 0, integrityFlags, 2);
    return this;
  }

  public Sample clock(@Nullable Instant lastServerTime, long elapsed, Instant createdAt) {
    this.clock = new WalletClock(lastServerTime, elapsed, createdAt);
    return this;
  }

  /// A tap is named by its serial.
  public String paymentId() {
    return "tap_" + TokenSerial.of(deviceId, Counter.of(counter));
  }

  public Observation observe() {
    return observe(way.isTap() ? paymentId() : "pay_1");
  }

  public Observation observe(String paymentId) {
    TapEvidence tap =
        way.isTap()
            ? new TapEvidence(
                TokenSerial.of(deviceId, Counter.of(counter)),
                leftMinor,
                poweredOff,
                late,
                missing,
                behaviour,
                clock)
            : null;
    return new Observation(
        paymentId,
        payerId,
        deviceId,
        way,
        MerchantId.of("shop"),
        TerminalId.of(terminal),
        Money.of(amountMinor, currency),
        paidAt,
        paidAt.plus(delay),
        enrolledAt,
        place,
        tap);
  }

  public KnownPayment known(String paymentId) {
    return known(paymentId, Standing.OPEN);
  }

  public KnownPayment known(String paymentId, Standing standing) {
    Observation o = observe(paymentId);
    return new KnownPayment(
        paymentId, o.way(), o.amount(), o.paidAt(), o.terminalId(), o.place(), standing);
  }

  public KnownTap knownTap() {
    return new KnownTap(
        paymentId(), Counter.of(counter), Money.of(amountMinor, currency), leftMinor, paidAt);
  }
}
