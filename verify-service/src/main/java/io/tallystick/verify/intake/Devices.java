package io.tallystick.verify.intake;

import io.tallystick.kit.coalesce.Coalescer;
import io.tallystick.kit.coalesce.Coalescers;
import io.tallystick.kit.coalesce.Limits;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.verify.device.KnownDevice;
import io.tallystick.verify.peer.SeedTrust;
import io.tallystick.verify.registry.BriefMemory;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Devices as seed-service knows them, not older than configured. What many halves ask for at the
/// same time goes in one call.
@Singleton
public class Devices {
  private static final int REMEMBERED = 50_000;
  private static final int QUEUE = 32_768;

  private final BriefMemory<DeviceId, KnownDevice> memory;
  private final Coalescer<DeviceId, Optional<KnownDevice>> questions;

  @Inject
  Devices(SeedTrust seed, Coalescers coalescers, TapConfig config) {
    this.memory = new BriefMemory<>(config.rememberDevices(), REMEMBERED);
    Limits limits = new Limits(QUEUE, SeedTrust.MOST_DEVICES, 1, config.patience());
    this.questions = coalescers.create("devices", limits, ids -> ask(seed, ids));
  }

  /// Empty when no such device was ever enrolled.
  public Optional<KnownDevice> find(DeviceId id) {
    KnownDevice known = memory.get(id);
    return known != null ? Optional.of(known) : questions.call(id);
  }

  private List<Optional<KnownDevice>> ask(SeedTrust seed, List<DeviceId> ids) {
    long asked = System.nanoTime();
    Map<DeviceId, KnownDevice> known = seed.devices(ids.stream().distinct().toList());
    known.values().forEach(device -> memory.put(device.id(), device, asked));
    return ids.stream().map(id -> Optional.ofNullable(known.get(id))).toList();
  }
}
