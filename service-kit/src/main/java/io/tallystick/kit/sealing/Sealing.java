package io.tallystick.kit.sealing;

import static java.util.stream.Collectors.joining;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.service.ThisService;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/// Knows what needs which version, and lets none go that is needed.
@Singleton
public class Sealing {
  private static final Logger LOG = Logger.getLogger(Sealing.class);
  private static final int BEFORE_EVERYTHING_THAT_SEALS = 100;

  private final Instance<SealedData> data;
  private final Database database;
  private final ResealJobTable jobs;
  private final ThisService service;
  private final Clock clock;

  @Inject
  Sealing(
      Instance<SealedData> data,
      Database database,
      ResealJobTable jobs,
      ThisService service,
      Clock clock) {
    this.data = data;
    this.database = database;
    this.jobs = jobs;
    this.service = service;
    this.clock = clock;
  }

  /// A service that could not open what it has must not start.
  void check(@Observes @Priority(BEFORE_EVERYTHING_THAT_SEALS) StartupEvent started) {
    if (data.isUnsatisfied()) {
      return;
    }
    requireKeys();
    database.useTransaction(data.get()::refresh);
    registerGauges(data.get().ring());
  }

  /// @throws IllegalStateException naming each version that something needs and the ring has not
  public void requireKeys() {
    SealedData sealed = data.get();
    Map<Integer, String> missing = database.read(handle -> needed(handle, sealed));
    missing.keySet().removeAll(sealed.ring().keys().versions());
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "key-encryption keys are missing; put them back and re-seal first: "
              + missing.entrySet().stream()
                  .map(entry -> "version " + entry.getKey() + " for " + entry.getValue())
                  .collect(joining("; ")));
    }
  }

  /// Reads the keys again.
  void reload() {
    SealedData sealed = data.get();
    KeyRing ring = sealed.ring();
    Optional<String> faultBefore = ring.fault();
    Set<Integer> heldBefore = ring.heldBack();
    database.useTransaction(sealed::refresh);
    boolean changed = ring.reload(this::stillNeeded);
    if (changed) {
      LOG.infof("key-encryption keys: %s", ring.keys());
    }
    if (!ring.fault().equals(faultBefore)) {
      ring.fault()
          .ifPresent(fault -> LOG.errorf("key-encryption keys stay as they are: %s", fault));
    }
    if (!ring.heldBack().equals(heldBefore) && !ring.heldBack().isEmpty()) {
      LOG.errorf(
          "key-encryption key versions %s are gone from the configuration and needed: they are kept"
              + " until everything is sealed anew",
          ring.heldBack());
    }
  }

  /// Starts a re-seal job, or lets the running one go on.
  public SealingStatus reseal(String actor) {
    SealedData sealed = data.get();
    int version = sealed.ring().keys().current();
    database.useTransaction(handle -> {
      ResealJob job = jobs.request(handle, version, actor, clock.instant());
      sealed.audit(
          handle,
          "reseal_requested",
          actor,
          Map.of("jobId", Long.toString(job.jobId()), "version", Integer.toString(version)));
    });
    return status();
  }

  public SealingStatus status() {
    SealedData sealed = data.get();
    KeyRing ring = sealed.ring();
    Instant now = clock.instant();
    return database.read(handle -> {
      List<SealingStatus.Use> uses = new ArrayList<>();
      sealed.resealables().forEach(use -> add(uses, handle, use, now, false));
      sealed.shortLived().forEach(use -> add(uses, handle, use, now, true));
      return new SealingStatus(
          service.name(),
          ring.keys().current(),
          ring.keys().versions(),
          new TreeSet<>(ring.heldBack()),
          ring.fault().orElse(null),
          uses,
          jobs.newest(handle).map(SealingStatus.Job::of).orElse(null));
    });
  }

  private static void add(
      List<SealingStatus.Use> uses,
      Handle handle,
      VersionUse use,
      Instant now,
      boolean shortLived) {
    use.rowsByVersion(handle, now)
        .forEach((version, rows) ->
            uses.add(new SealingStatus.Use(use.what(), version, rows, shortLived)));
  }

  private Set<Integer> stillNeeded(Set<Integer> leaving) {
    Map<Integer, String> needed = database.read(handle -> needed(handle, data.get()));
    Set<Integer> kept = new TreeSet<>(leaving);
    kept.retainAll(needed.keySet());
    return kept;
  }

  private Map<Integer, String> needed(Handle handle, SealedData sealed) {
    Instant now = clock.instant();
    Map<Integer, String> needed = new TreeMap<>();
    Stream.<VersionUse>concat(sealed.resealables().stream(), sealed.shortLived().stream())
        .forEach(use ->
            use.rowsByVersion(handle, now)
                .forEach((version, rows) ->
                    needed.merge(
                        version, rows + " rows of " + use.what(), (one, two) -> one + ", " + two)));
    return needed;
  }

  private static void registerGauges(KeyRing ring) {
    Gauge.builder("tallystick.key.encryption.current", ring, keys -> keys.keys().current())
        .description("Version that new secrets are sealed with")
        .register(Metrics.globalRegistry);
    Gauge.builder("tallystick.key.encryption.held.back", ring, keys -> keys.heldBack().size())
        .description("Versions gone from the configuration and kept because rows need them")
        .register(Metrics.globalRegistry);
    Gauge.builder(
            "tallystick.key.encryption.faults", ring, keys -> keys.fault().isPresent() ? 1 : 0)
        .description("1 while the configured keys can't be taken")
        .register(Metrics.globalRegistry);
  }
}
