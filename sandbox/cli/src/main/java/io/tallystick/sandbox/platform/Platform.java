package io.tallystick.sandbox.platform;

import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.DevOidc;
import io.tallystick.sandbox.base.FreePorts;
import io.tallystick.sandbox.base.Stores;
import io.tallystick.sandbox.smsc.SmsCentre;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The running platform. Closing it stops everything it started, services first; so does the end of
/// this process.
public final class Platform implements AutoCloseable {
  /// What a migration says first, as the chart's Jobs do: without its locks it gives up.
  public static final String MIGRATION_SQL = "SET lock_timeout = '2s'";

  private final PlatformOptions options;
  private final Progress progress;
  private final LeftBehind leftBehind;
  private final StartedParts parts;
  private final Loopbacks loopbacks;
  private final ServiceFleet services = new ServiceFleet();
  private @Nullable Running running;

  private record Running(
      ServicePorts ports,
      PlatformDescription description,
      Stores stores,
      DevCa ca,
      DevOidc oidc,
      SmsCentre smsCentre) {}

  private Platform(PlatformOptions options, Progress progress) {
    this.options = options;
    this.progress = progress;
    this.leftBehind = new LeftBehind(options.folder());
    this.parts = new StartedParts(progress);
    this.loopbacks = new Loopbacks(options.replicas());
  }

  /// Starts everything and returns when every service is ready.
  ///
  /// @throws StartFailure naming the part that failed; whatever had started is stopped again
  public static Platform start(PlatformOptions options, Progress progress)
      throws InterruptedException {
    Platform platform = new Platform(options, progress);
    Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "platform-stop"));
    StopSignals.run(platform::close);
    try {
      platform.startAll();
      return platform;
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      platform.close();
      throw new StartFailure("the platform did not start: " + e.getMessage(), e);
    } catch (StartFailure | InterruptedException e) {
      platform.close();
      throw e;
    }
  }

  private void startAll() throws IOException, InterruptedException {
    Path folder = Files.createDirectories(options.folder());
    parts.start(() -> FolderLock.take(folder));
    parts.<AutoCloseable>start(() -> this::forgetStarted);
    int ended = leftBehind.end();
    if (ended > 0) {
      progress.report("ended " + ended + " processes that an earlier run left behind");
    }
    Path oidcFolder = folder.resolve("oidc");
    CompletableFuture<?> oidcKey =
        CompletableFuture.runAsync(() -> DevOidc.makeKey(oidcFolder))
            .exceptionally(_ -> null); // Its start fails for the same reason and says so.
    Stores stores = parts.start("PostgreSQL and Redis", () -> Stores.open(folder));
    leftBehind.noteStarted();
    DevCa ca = DevCa.open(folder.resolve("certificates"));
    oidcKey.join();
    DevOidc oidc =
        parts.start("OIDC issuer", () -> DevOidc.start(oidcFolder, 0, SandboxUsers.initial()));
    oidc.registerUnknown(SandboxUsers::register);
    SandboxSecrets secrets = SandboxSecrets.open(folder);
    String smsPassword = secrets.smsPassword();
    int smppPort = FreePorts.one();
    SmsCentre smsCentre =
        parts.start(
            "SMS centre",
            () -> SmsCentre.start(smppPort, 0, "tallystick", smsPassword, Clock.systemUTC()));
    SandboxSettings settings =
        SandboxSettings.of(folder, stores, ca, oidc.issuer(), smppPort, secrets, options.wiring());
    parts.<AutoCloseable>start(() -> services::stop);
    startServices(settings, 1);
    PlatformDescription description = settings.describe(smsCentre.screenAddress());
    awaitServices(description, settings);
    startFurtherReplicas(settings);
    description.write(descriptionFile());
    running = new Running(settings.ports(), description, stores, ca, oidc, smsCentre);
  }

  private void startServices(SandboxSettings settings, int number)
      throws IOException, InterruptedException {
    for (ServiceName service : ServiceName.values()) {
      Replica replica = new Replica(service, number);
      ServiceProcess.Launch launch =
          new ServiceProcess.Launch(
              replica.processName(),
              replica,
              options.checkout(),
              options.folder().resolve("services"),
              properties(settings, replica),
              loopbacks.systemProperties(options.folder()),
              options.runtime());
      parts.use(() -> {
        services.start(launch, settings.ports().restAddress(replica));
        leftBehind.noteStarted();
      });
    }
  }

  private Map<String, String> properties(SandboxSettings settings, Replica replica)
      throws IOException {
    Map<String, String> overrides =
        new HashMap<>(options.overrides().getOrDefault(replica.service(), Map.of()));
    if (options.replicas() > 1) {
      overrides.putIfAbsent("tallystick.service.replica", replica.processName());
    }
    return settings.properties(replica, overrides);
  }

  /// When the first ones are ready: so many at once would take each other's processor.
  private void startFurtherReplicas(SandboxSettings settings)
      throws IOException, InterruptedException {
    for (int number = 2; number <= options.replicas(); number++) {
      startServices(settings, number);
      try (HttpClient client = healthClient(settings.ca())) {
        services.awaitReady(client, progress);
      }
    }
  }

  /// seed-service is ready only once it has an issuer key, so the ceremony comes before the last
  /// wait.
  private void awaitServices(PlatformDescription description, SandboxSettings settings)
      throws IOException, InterruptedException {
    try (HttpClient client = healthClient(settings.ca())) {
      services.awaitLive(Replica.first(ServiceName.SEED), client);
      IssuerCeremony.ensureIssuer(description, settings.root(), Clock.systemUTC());
      services.awaitReady(client, progress);
    }
  }

  private static HttpClient healthClient(DevCa ca) throws IOException {
    return HttpClient.newBuilder()
        .sslContext(PlatformTls.trusting(ca.certificateFile()))
        .connectTimeout(Duration.ofSeconds(5))
        .build();
  }

  /// Ends a service as a power cut would: at once, in the middle of whatever it does.
  public void kill(ServiceName service) throws InterruptedException {
    services.kill(Replica.first(service));
  }

  /// Asks a replica to stop, as a cluster does that replaces it, and returns when it has ended.
  ///
  /// @throws StartFailure when it takes too long
  public void stop(Replica replica) throws InterruptedException {
    services.stop(replica);
  }

  /// Starts a service again that was killed, as it was, and returns at once: [#awaitReady].
  ///
  /// @throws IOException when its process can't be started
  public void startAgain(ServiceName service) throws IOException {
    startAgain(Replica.first(service));
  }

  /// Starts a replica again that has ended, as it was, and returns at once: [#awaitReady(Replica)].
  ///
  /// @throws IOException when its process can't be started
  public void startAgain(Replica replica) throws IOException {
    parts.useUnlessStopped(() -> {
      services.startAgain(replica);
      leftBehind.noteStarted();
    });
  }

  /// Starts a replica again that has ended, from another build and as the chart runs it: it doesn't
  /// migrate, and ends when its schema lacks migrations. Returns at once: [#awaitReady(Replica)].
  ///
  /// @param checkout with the build output of another version
  /// @throws IOException when its process can't be started
  public void startAgain(Replica replica, Path checkout) throws IOException {
    parts.useUnlessStopped(() -> {
      services.startAgain(replica, checkout);
      leftBehind.noteStarted();
    });
  }

  /// Brings all schemas to another build as the Jobs of the chart do, all at once, while replicas
  /// serve; returns how long each took.
  ///
  /// @param checkout with the build output of another version
  /// @throws StartFailure naming the first that failed, when all have ended; its message ends with
  ///   the end of its log
  /// @throws IOException when a process can't be started
  public Map<ServiceName, Duration> migrate(Path checkout)
      throws IOException, InterruptedException {
    parts.use(() -> {
      services.startMigrations(checkout);
      leftBehind.noteStarted();
    });
    return services.awaitMigrations();
  }

  /// Waits until a replica can do its work; returns how long that took from its start.
  ///
  /// @throws StartFailure when it can't within the limit
  public Duration awaitReady(Replica replica) throws InterruptedException, IOException {
    try (HttpClient client = healthClient(ca())) {
      return services.awaitReady(replica, client);
    }
  }

  /// Waits until all services can do their work.
  ///
  /// @throws StartFailure naming one that can't within the limit
  public void awaitReady() throws InterruptedException, IOException {
    try (HttpClient client = healthClient(ca())) {
      services.awaitReady(client, _ -> {});
    }
  }

  /// Where everything is.
  public PlatformDescription description() {
    return running().description();
  }

  /// Base address of one replica's REST port: its own health and metrics.
  public URI restAddress(Replica replica) {
    return running().ports().restAddress(replica);
  }

  /// Where the replicas of a service listen for gRPC, in the order of their numbers.
  public List<InetSocketAddress> grpcListeners(ServiceName service) {
    return loopbacks.listeners(running().ports().grpcPort(service));
  }

  /// Where the replicas of a service listen for REST, in the order of their numbers.
  public List<InetSocketAddress> restListeners(ServiceName service) {
    return loopbacks.listeners(running().ports().restPort(service));
  }

  /// The stores, for whoever wants to break them.
  public Stores stores() {
    return running().stores();
  }

  /// The development CA.
  public DevCa ca() {
    return running().ca();
  }

  /// The OIDC issuer.
  public DevOidc oidc() {
    return running().oidc();
  }

  /// The SMS centre and its phones.
  public SmsCentre smsCentre() {
    return running().smsCentre();
  }

  /// The key-encryption key that this platform gave a service first, version 1: for whoever writes
  /// sealed rows in bulk.
  public byte[] firstKeyEncryptionKey(ServiceName service) throws IOException {
    return SandboxSecrets.open(options.folder()).firstKeyEncryptionKey(service);
  }

  /// The file that other commands read.
  public Path descriptionFile() {
    return options.folder().resolve("platform.json");
  }

  /// The exit status of this process once a signal has asked it to end. Ctrl-C reaches services
  /// too, and their end is then no fault.
  public static OptionalInt askedToEnd() {
    return StopSignals.exitStatus();
  }

  /// Completes when the first service ends, with its name and status: never in good order.
  public CompletableFuture<String> firstEnd() {
    return services.firstEnd();
  }

  @Override
  public void close() {
    parts.close();
  }

  private void forgetStarted() throws IOException {
    Files.deleteIfExists(descriptionFile());
    leftBehind.clear();
  }

  private Running running() {
    Running now = running;
    if (now == null) {
      throw new IllegalStateException("the platform has not started");
    }
    return now;
  }
}
