package io.tallystick.risk.history;

import io.tallystick.protocol.model.DeviceId;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.TapEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The histories of a batch of payments. It is filled from the store with what surrounds each of
/// them, and grows with each payment of the batch that is decided, so that payments decided
/// together see each other as if they had been decided one after the other. Used by one thread.
public final class HistoryPool {
  private static final Comparator<KnownPayment> BY_TIME =
      Comparator.comparing(KnownPayment::paidAt).thenComparing(KnownPayment::paymentId);

  private record Device(String payerId, DeviceId deviceId) {}

  private final Map<String, NavigableSet<KnownPayment>> payments = new HashMap<>();
  private final Map<Device, NavigableMap<Long, KnownTap>> taps = new HashMap<>();
  private final Map<Device, DeviceFacts> devices = new HashMap<>();
  private final Map<String, List<PaidAmount>> amounts = new HashMap<>();
  private final Map<String, List<Confirmation>> confirmations = new HashMap<>();
  private final Map<String, Caution> cautions = new HashMap<>();

  public void addPayment(String payerId, KnownPayment payment) {
    payments.computeIfAbsent(payerId, _ -> new TreeSet<>(BY_TIME)).add(payment);
  }

  public void addTap(String payerId, DeviceId deviceId, KnownTap tap) {
    taps.computeIfAbsent(new Device(payerId, deviceId), _ -> new TreeMap<>())
        .put(tap.counter().value(), tap);
  }

  /// @param paymentId the payment that is to be compared with it
  public void addAmount(String paymentId, PaidAmount amount) {
    amounts.computeIfAbsent(paymentId, _ -> new ArrayList<>()).add(amount);
  }

  public void putDevice(String payerId, DeviceId deviceId, DeviceFacts facts) {
    devices.put(new Device(payerId, deviceId), facts);
  }

  /// Newest first.
  public void addConfirmation(String payerId, Confirmation confirmation) {
    confirmations.computeIfAbsent(payerId, _ -> new ArrayList<>()).add(confirmation);
  }

  public void putCaution(String payerId, Caution caution) {
    cautions.put(payerId, caution);
  }

  /// Makes a payment that was just decided known to those decided after it.
  public void add(Observation observation) {
    addPayment(
        observation.payerId(),
        new KnownPayment(
            observation.paymentId(),
            observation.way(),
            observation.amount(),
            observation.paidAt(),
            observation.terminalId(),
            observation.place(),
            Standing.OPEN));
    TapEvidence tap = observation.tap();
    if (tap != null) {
      addTap(
          observation.payerId(),
          observation.deviceId(),
          new KnownTap(
              observation.paymentId(),
              tap.serial().counter(),
              observation.amount(),
              tap.allowanceLeftMinor(),
              observation.paidAt()));
    }
  }

  /// What is known for `observation`, which itself isn't in it.
  public History of(Observation observation, Reach reach) {
    List<KnownPayment> others =
        payments.getOrDefault(observation.payerId(), new TreeSet<>(BY_TIME)).stream()
            .filter(known -> !known.paymentId().equals(observation.paymentId()))
            .toList();
    return new History(
        nearby(others, observation.paidAt(), reach.window()),
        placed(others.reversed(), observation.paidAt(), reach.lookback(), true),
        placed(others, observation.paidAt(), reach.lookback(), false),
        amounts.getOrDefault(observation.paymentId(), List.of()),
        device(observation),
        confirmations.getOrDefault(observation.payerId(), List.of()),
        cautions.get(observation.payerId()));
  }

  private static List<KnownPayment> nearby(
      List<KnownPayment> others, Instant paidAt, Duration window) {
    List<KnownPayment> before =
        others.reversed().stream()
            .filter(known -> !known.paidAt().isAfter(paidAt))
            .filter(known -> !known.paidAt().isBefore(paidAt.minus(window)))
            .limit(History.MAX_NEARBY)
            .toList();
    List<KnownPayment> nearby = new ArrayList<>(before.reversed());
    others.stream()
        .filter(known -> known.paidAt().isAfter(paidAt))
        .filter(known -> !known.paidAt().isAfter(paidAt.plus(window)))
        .limit(History.MAX_NEARBY)
        .forEach(nearby::add);
    return nearby;
  }

  private static @Nullable KnownPayment placed(
      List<KnownPayment> nearestFirst, Instant paidAt, Duration lookback, boolean before) {
    return nearestFirst.stream()
        .filter(known -> known.paidAt().isAfter(paidAt) != before)
        .filter(known -> known.place() != null && known.standing() != Standing.FAILED)
        .filter(known -> Duration.between(known.paidAt(), paidAt).abs().compareTo(lookback) <= 0)
        .findFirst()
        .orElse(null);
  }

  private DeviceHistory device(Observation observation) {
    Device device = new Device(observation.payerId(), observation.deviceId());
    DeviceFacts facts = devices.getOrDefault(device, DeviceFacts.NONE);
    NavigableMap<Long, KnownTap> ofDevice = taps.getOrDefault(device, new TreeMap<>());
    TapEvidence tap = observation.tap();
    KnownTap previous = null;
    KnownTap next = null;
    if (tap != null) {
      long counter = tap.serial().counter().value();
      previous = valueOf(ofDevice.lowerEntry(counter));
      next = valueOf(ofDevice.higherEntry(counter));
    }
    return new DeviceHistory(
        facts.enrolledAt(), facts.grants(), previous, next, facts.doubleSpends());
  }

  private static @Nullable KnownTap valueOf(Map.@Nullable Entry<Long, KnownTap> entry) {
    return entry == null ? null : entry.getValue();
  }
}
