package io.tallystick.sandbox.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// One service as a process of its own: its configuration file, its log, its readiness, its end.
final class ServiceProcess {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

  /// What a service can say of itself.
  enum Health {
    /// It runs, whatever it still lacks.
    LIVE("/q/health/live"),
    /// It can do its work.
    READY("/q/health/ready");

    private final String path;

    Health(String path) {
      this.path = path;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How to run a service.
  ///
  /// @param name of the process: its configuration and log are called so
  /// @param checkout with its build output
  /// @param folder where its configuration, log and temporary files go
  /// @param properties what its configuration file says
  /// @param systemProperties what has to be said before it is read, as `-Dname=value`
  record Launch(
      String name,
      Replica replica,
      Path checkout,
      Path folder,
      Map<String, String> properties,
      List<String> systemProperties,
      ServiceRuntime runtime) {
    Launch {
      properties = Map.copyOf(properties);
    }

    /// The same replica from another build, as the chart runs it: Jobs migrate, a replica refuses a
    /// schema that lacks its migrations.
    Launch ofBuild(Path otherCheckout) {
      return with(
          name,
          otherCheckout,
          runtime,
          Map.of(
              "quarkus.flyway.migrate-at-start", "false",
              "quarkus.flyway.validate-at-start", "true"));
    }

    /// What migrates the replica's schema to a build and ends, as the chart's Job of that version.
    Launch migratingTo(Path otherCheckout) {
      return with(
          replica.service().moduleName() + "-migration",
          otherCheckout,
          // What little it loads is no class data for a replica.
          runtime instanceof JvmOptions jvm ? jvm.with(StartArchive.NONE) : runtime,
          Map.of(
              "quarkus.init-and-exit", "true",
              "quarkus.flyway.migrate-at-start", "true",
              "quarkus.flyway.validate-at-start", "false",
              "quarkus.flyway.init-sql", Platform.MIGRATION_SQL));
    }

    /// What the kit says, for builds that are older than its saying so.
    private static Map<String, String> betweenVersions() {
      return Map.of(
          "quarkus.flyway.ignore-future-migrations", "true",
          "quarkus.flyway.ignore-missing-migrations", "true");
    }

    private Launch with(
        String otherName,
        Path otherCheckout,
        ServiceRuntime otherRuntime,
        Map<String, String> more) {
      Map<String, String> all = new HashMap<>(properties);
      all.putAll(betweenVersions());
      all.putAll(more);
      return new Launch(
          otherName, replica, otherCheckout, folder, all, systemProperties, otherRuntime);
    }
  }

  private final Launch launch;
  private final URI restAddress;
  private final Path log;
  private final Process process;
  private final Instant startedAt = Instant.now();
  private final CompletableFuture<Instant> endedAt;

  private ServiceProcess(Launch launch, URI restAddress, Path log, Process process) {
    this.launch = launch;
    this.restAddress = restAddress;
    this.log = log;
    this.process = process;
    this.endedAt = process.onExit().thenApply(_ -> Instant.now());
  }

  static ServiceProcess start(Launch launch, URI restAddress) throws IOException {
    Path configuration = writeConfiguration(launch);
    Path log = launch.folder().resolve(launch.name() + ".log");
    List<String> properties = new ArrayList<>(launch.systemProperties());
    properties.add("-Djava.io.tmpdir=" + Files.createDirectories(launch.folder().resolve("tmp")));
    properties.add("-Dsmallrye.config.locations=" + configuration.toUri());
    List<String> command =
        launch.runtime().command(launch.checkout(), launch.replica().service(), properties);
    Process process =
        new ProcessBuilder(command)
            .directory(launch.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new ServiceProcess(launch, restAddress, log, process);
  }

  /// Waits until the service says this of itself; returns how long it took from its start.
  ///
  /// @param check made again and again meanwhile; ends the waiting by throwing
  /// @throws StartFailure when it does not in time
  Duration await(Health health, HttpClient client, Duration limit, Runnable check)
      throws InterruptedException {
    URI question = restAddress.resolve(health.path);
    Instant deadline = Instant.now().plus(limit);
    while (Instant.now().isBefore(deadline)) {
      process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
      check.run();
      if (answersUp(question, client)) {
        return Duration.between(startedAt, Instant.now());
      }
    }
    throw new StartFailure(
        launch.name(), "was not " + health + " within " + limit.toSeconds() + " s", log);
  }

  /// @throws StartFailure when the process has ended
  void requireRunning() {
    if (!process.isAlive()) {
      throw new StartFailure(launch.name(), "ended with status " + process.exitValue(), log);
    }
  }

  private boolean answersUp(URI question, HttpClient client) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(question).timeout(REQUEST_TIMEOUT).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // Not listening yet; the caller's deadline bounds the asking.
    }
  }

  /// Ends the process without a word to it, and waits until it is gone.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// The same service once more, with the same configuration, ports and log.
  ServiceProcess startAgain() throws IOException {
    return start(launch, restAddress);
  }

  /// The same service once more, of another build.
  ///
  /// @see Launch#ofBuild
  ServiceProcess startAgain(Path checkout) throws IOException {
    return start(launch.ofBuild(checkout), restAddress);
  }

  /// The process that brings this one's schema to a build.
  ///
  /// @see Launch#migratingTo
  ServiceProcess startMigration(Path checkout) throws IOException {
    return start(launch.migratingTo(checkout), restAddress);
  }

  /// Waits for the end of a process that ends by itself; returns how long it took from its start.
  ///
  /// @throws StartFailure when it takes too long, or ends with another status than 0
  Duration awaitEnd(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
      throw new StartFailure(launch.name(), "did not end within " + limit, log);
    }
    if (process.exitValue() != 0) {
      throw new StartFailure(launch.name(), "ended with status " + process.exitValue(), log);
    }
    return Duration.between(startedAt, endedAt.join());
  }

  String name() {
    return launch.name();
  }

  /// How it ended: never in good order, unless asked to.
  String end() {
    return "%s ended with status %d; its log is %s"
        .formatted(launch.name(), process.exitValue(), log);
  }

  Process process() {
    return process;
  }

  /// Asks the service to stop.
  void requestStop() {
    process.destroy();
  }

  /// Waits for the end that [#requestStop] asked for, and then insists.
  void awaitStop() {
    try {
      if (!endsInTime()) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /// Asks the service to stop and waits for its end.
  ///
  /// @throws StartFailure when it does not end in time
  void stop() throws InterruptedException {
    requestStop();
    if (!endsInTime()) {
      throw new StartFailure(
          launch.name(), "did not end within " + launch.runtime().stopLimit(), log);
    }
  }

  private boolean endsInTime() throws InterruptedException {
    return process.waitFor(launch.runtime().stopLimit().toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Path writeConfiguration(Launch launch) throws IOException {
    Files.createDirectories(launch.folder());
    Path file = launch.folder().resolve(launch.name() + ".properties");
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    // Above the jar's own application.properties (250), below the environment (300).
    String text =
        "config_ordinal=280\n"
            + new TreeMap<>(launch.properties())
                .entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + escape(entry.getValue()))
                    .collect(Collectors.joining("\n"))
            + "\n";
    return Files.writeString(file, text);
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\n", "\\n");
  }
}
