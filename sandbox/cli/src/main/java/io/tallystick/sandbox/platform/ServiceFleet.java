package io.tallystick.sandbox.platform;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The service processes of one platform. A caller may wait for them while another ends one and
/// starts it again.
final class ServiceFleet {
  private static final Duration READY_LIMIT = Duration.ofMinutes(3);

  private final Map<ServiceName, ServiceProcess> services = new EnumMap<>(ServiceName.class);

  synchronized void start(ServiceProcess.Launch launch, URI restAddress) throws IOException {
    services.put(launch.service(), ServiceProcess.start(launch, restAddress));
  }

  /// Ends a service at once and waits until it is gone.
  void kill(ServiceName service) throws InterruptedException {
    process(service).kill();
  }

  /// The same service once more; returns before it is ready.
  synchronized void startAgain(ServiceName service) throws IOException {
    services.put(service, process(service).startAgain());
  }

  /// Waits until a service runs, whatever it still lacks.
  void awaitLive(ServiceName service, HttpClient client) throws InterruptedException {
    process(service).await(ServiceProcess.Health.LIVE, client, READY_LIMIT, this::requireRunning);
  }

  /// Waits until every service can do its work, and tells how long each took.
  ///
  /// @throws StartFailure naming one that can't within the limit, or that has ended
  void awaitReady(HttpClient client, Progress progress) throws InterruptedException {
    for (ServiceProcess process : processes()) {
      Duration took =
          process.await(ServiceProcess.Health.READY, client, READY_LIMIT, this::requireRunning);
      progress.report(
          "%s ready after %.1f s".formatted(process.service().moduleName(), took.toMillis() / 1e3));
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
  }

  /// One that has ended is told of at once, whichever is being waited for.
  private void requireRunning() {
    processes().forEach(ServiceProcess::requireRunning);
  }

  private synchronized List<ServiceProcess> processes() {
    return List.copyOf(services.values());
  }

  private synchronized ServiceProcess process(ServiceName service) {
    return requireNonNull(services.get(service), "not started");
  }
}
