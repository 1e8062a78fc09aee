package io.tallystick.sandbox.platform;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The service processes of one platform. A caller may wait for them while another ends one and
/// starts it again.
final class ServiceFleet {
  private static final Duration READY_LIMIT = Duration.ofMinutes(6);
  private static final Duration MIGRATION_LIMIT = Duration.ofMinutes(3);

  private final Map<Replica, ServiceProcess> services = new LinkedHashMap<>();

  /// Those that were asked to stop and have ended.
  private final Map<Replica, ServiceProcess> stopped = new LinkedHashMap<>();

  /// The last that were started.
  private final Map<ServiceName, ServiceProcess> migrations = new EnumMap<>(ServiceName.class);

  synchronized void start(ServiceProcess.Launch launch, URI restAddress) throws IOException {
    services.put(launch.replica(), ServiceProcess.start(launch, restAddress));
  }

  /// Ends a replica at once and waits until it is gone.
  void kill(Replica replica) throws InterruptedException {
    process(replica).kill();
  }

  /// Asks a replica to stop and waits until it has ended.
  ///
  /// @throws StartFailure when it has not within the limit
  void stop(Replica replica) throws InterruptedException {
    ServiceProcess process = leave(replica);
    process.stop();
  }

  private synchronized ServiceProcess leave(Replica replica) {
    ServiceProcess process = process(replica);
    services.remove(replica);
    stopped.put(replica, process);
    return process;
  }

  /// The same replica once more; returns before it is ready.
  synchronized void startAgain(Replica replica) throws IOException {
    services.put(replica, takeStopped(replica).startAgain());
  }

  /// The same replica of another build; returns before it is ready.
  synchronized void startAgain(Replica replica, Path checkout) throws IOException {
    services.put(replica, takeStopped(replica).startAgain(checkout));
  }

  private ServiceProcess takeStopped(Replica replica) {
    ServiceProcess before = stopped.remove(replica);
    return before == null ? process(replica) : before;
  }

  /// Starts what brings each service's schema to a build.
  synchronized void startMigrations(Path checkout) throws IOException {
    for (ServiceName service : ServiceName.values()) {
      migrations.put(service, process(Replica.first(service)).startMigration(checkout));
    }
  }

  /// Waits until they have ended; returns how long each took.
  ///
  /// @throws StartFailure naming one that failed, with the others
  Map<ServiceName, Duration> awaitMigrations() throws InterruptedException {
    Map<ServiceName, Duration> took = new EnumMap<>(ServiceName.class);
    List<StartFailure> failures = new ArrayList<>();
    for (Map.Entry<ServiceName, ServiceProcess> migration : startedMigrations().entrySet()) {
      try {
        took.put(migration.getKey(), migration.getValue().awaitEnd(MIGRATION_LIMIT));
      } catch (StartFailure failure) {
        failures.add(failure);
      }
    }
    if (failures.isEmpty()) {
      return took;
    }
    StartFailure first = failures.removeFirst();
    failures.forEach(first::addSuppressed);
    throw first;
  }

  private synchronized Map<ServiceName, ServiceProcess> startedMigrations() {
    return new EnumMap<>(migrations);
  }

  /// Waits until a service runs, whatever it still lacks.
  void awaitLive(Replica replica, HttpClient client) throws InterruptedException {
    process(replica).await(ServiceProcess.Health.LIVE, client, READY_LIMIT, this::requireRunning);
  }

  /// Waits until a replica can do its work; returns how long it took from its start.
  ///
  /// @throws StartFailure when it can't within the limit, or has ended
  Duration awaitReady(Replica replica, HttpClient client) throws InterruptedException {
    return process(replica)
        .await(ServiceProcess.Health.READY, client, READY_LIMIT, this::requireRunning);
  }

  /// Waits until every service can do its work, and tells how long each took.
  ///
  /// @throws StartFailure naming one that can't within the limit, or that has ended
  void awaitReady(HttpClient client, Progress progress) throws InterruptedException {
    for (ServiceProcess process : processes()) {
      Duration took =
          process.await(ServiceProcess.Health.READY, client, READY_LIMIT, this::requireRunning);
      progress.report("%s ready after %.1f s".formatted(process.name(), took.toMillis() / 1e3));
    }
  }

  /// Completes when the first service ends, with its name and status.
  CompletableFuture<String> firstEnd() {
    CompletableFuture<?>[] ends =
        processes().stream()
            .map(process -> process.process().onExit().thenApply(_ -> process.end()))
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.anyOf(ends).thenApply(String.class::cast);
  }

  /// Asks all to stop, then waits for each.
  void stop() {
    List<ServiceProcess> stopping = processes();
    stopping.forEach(ServiceProcess::requestStop);
    stopping.forEach(ServiceProcess::awaitStop);
    stillStopping().forEach(ServiceProcess::awaitStop);
    startedMigrations().values().forEach(ServiceProcess::requestStop);
    startedMigrations().values().forEach(ServiceProcess::awaitStop);
  }

  /// One that has ended is told of at once, whichever is being waited for.
  private void requireRunning() {
    processes().forEach(ServiceProcess::requireRunning);
  }

  private synchronized List<ServiceProcess> processes() {
    return List.copyOf(services.values());
  }

  private synchronized List<ServiceProcess> stillStopping() {
    return List.copyOf(stopped.values());
  }

  private synchronized ServiceProcess process(Replica replica) {
    return requireNonNull(services.get(replica), "not started");
  }
}
