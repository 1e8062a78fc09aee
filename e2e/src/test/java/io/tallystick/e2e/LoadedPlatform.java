package io.tallystick.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.sandbox.base.Stores;
import io.tallystick.sandbox.platform.JvmOptions;
import io.tallystick.sandbox.platform.Platform;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sandbox.platform.PlatformDescription.GrpcAddresses;
import io.tallystick.sandbox.platform.PlatformDescription.RestAddresses;
import io.tallystick.sandbox.platform.PlatformOptions;
import io.tallystick.sandbox.platform.Replica;
import io.tallystick.sandbox.platform.ServiceName;
import io.tallystick.sandbox.platform.Wiring;
import io.tallystick.sandbox.soak.Soak;
import io.tallystick.sandbox.soak.check.AtRest;
import io.tallystick.sandbox.soak.check.Claims;
import io.tallystick.sandbox.soak.check.Findings;
import io.tallystick.sandbox.soak.check.SoakChecker;
import io.tallystick.sandbox.soak.check.Sql;
import io.tallystick.sandbox.soak.plan.Intent;
import io.tallystick.sandbox.soak.plan.PlannedStep;
import io.tallystick.sandbox.soak.plan.SoakPlan;
import io.tallystick.sandbox.soak.told.Line;
import io.tallystick.sandbox.soak.told.ToldJournal;
import io.tallystick.sandbox.soak.work.Workload;
import io.tallystick.sandbox.story.Stage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Two replicas of each service behind balancers, and payers that pay, tap and take back while
/// something is done to the replicas. Each caller writes down what it was told.
final class LoadedPlatform implements AutoCloseable {
  private static final int PAYERS = 10;

  private final Platform platform;
  private final StreamGroups groups;
  private final ReplicaMetrics metrics;
  private final Path folder;
  private final List<Balancer> balancers = new ArrayList<>();
  private List<String> surprises = List.of();

  /// What is done while payers pay.
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  private LoadedPlatform(Platform platform, ReplicaMetrics metrics, Path folder) {
    this.platform = platform;
    this.groups = new StreamGroups(URI.create(platform.stores().redisUrl()));
    this.metrics = metrics;
    this.folder = folder;
  }

  /// @param checkout with the build output of the services
  /// @param folder for everything that is written
  static LoadedPlatform start(Path checkout, Path folder) throws InterruptedException, IOException {
    Platform platform =
        Platform.start(
            new PlatformOptions(
                checkout,
                folder,
                Soak.SETTINGS,
                JvmOptions.sandbox(
                    List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")),
                Wiring.DIRECT,
                2),
            System.out::println);
    return new LoadedPlatform(platform, new ReplicaMetrics(platform), folder);
  }

  Platform platform() {
    return platform;
  }

  StreamGroups groups() {
    return groups;
  }

  ReplicaMetrics metrics() {
    return metrics;
  }

  /// Does `work` while payers pay; returns when all that they began has come to rest and they have
  /// read what became of it.
  ///
  /// @param longest more than the work needs: the load ends with it
  void whilePaying(long seed, Duration longest, Work work) throws Exception {
    Stage stage = Stage.on(behindBalancers(), folder.resolve("devices"));
    try (ToldJournal journal = ToldJournal.create(journal());
        Workload workload = Workload.gather(plan(seed, longest), stage, journal)) {
      Thread load = Thread.ofPlatform().start(() -> run(workload));
      work.run();
      assertThat(load.isAlive()).as("the load lasts as long as the work").isTrue();
      workload.enough();
      load.join();
      System.out.println("the load has ended");
      workload.finish();
      try (Connection connection = look()) {
        assertThat(AtRest.await(new Sql(connection))).isEmpty();
      }
      workload.readOut();
      surprises = workload.surprises();
    }
  }

  /// What [Soak] plays, without what needs minutes to come to rest: challenges and wrong clocks.
  private static SoakPlan plan(long seed, Duration longest) {
    SoakPlan whole = SoakPlan.draw(seed, longest);
    List<PlannedStep> steps =
        whole.steps().stream()
            .filter(step -> step.payer() < PAYERS)
            .filter(step ->
                switch (step.intent()) {
                  case Intent.PayOnline pay -> pay.amountMinor() < 25_000;
                  case Intent.AnswerChallenges _, Intent.SkewWallet _, Intent.SkewTill _ -> false;
                  default -> true;
                })
            .toList();
    return new SoakPlan(seed, PAYERS, whole.tills(), steps, List.of());
  }

  private static void run(Workload workload) {
    try {
      workload.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private PlatformDescription behindBalancers() {
    PlatformDescription direct = platform.description();
    return new PlatformDescription(
        new RestAddresses(
            rest(ServiceName.SEED),
            rest(ServiceName.VERIFY),
            rest(ServiceName.CLEARING),
            direct.rest().riskService(),
            rest(ServiceName.NOTIFY)),
        new GrpcAddresses(
            direct.grpc().seedService(),
            balanced(platform.grpcListeners(ServiceName.VERIFY)),
            direct.grpc().clearingService(),
            direct.grpc().riskService()),
        direct.caFile(),
        direct.oidcIssuer(),
        direct.smsCentre(),
        direct.operatorCertificateFile(),
        direct.operatorKeyFile(),
        direct.certificatesFolder(),
        direct.rootPublicKeyFile(),
        direct.processId());
  }

  private URI rest(ServiceName service) {
    return URI.create("https://" + balanced(platform.restListeners(service)));
  }

  private String balanced(List<InetSocketAddress> replicas) {
    Balancer balancer = Balancer.before(replicas);
    balancers.add(balancer);
    return balancer.address();
  }

  /// Waits until every partition that has events is shared, and both get something.
  void bothConsume(Replica one, Replica other) {
    Set<String> both = Set.of(one.processName(), other.processName());
    Eventually.holds(
        both + " share all partitions that have events",
        () -> {
          Map<String, Set<String>> consumers = groups.busyConsumers(one.service());
          return !consumers.isEmpty() && consumers.values().stream().allMatch(both::equals);
        });
    for (Replica replica : List.of(one, other)) {
      double before = metrics.consumed(replica);
      Eventually.holds(
          replica.processName() + " consumes", () -> metrics.consumed(replica) > before);
    }
  }

  /// A connection that may read every schema.
  Connection look() throws SQLException {
    Stores.Login login = platform.stores().administrator();
    return DriverManager.getConnection(
        platform.stores().jdbcUrl(), login.username(), login.password());
  }

  private Path journal() {
    return folder.resolve("told.jsonl");
  }

  /// What callers asked and were told.
  List<Line> told() throws IOException {
    return ToldJournal.read(journal());
  }

  /// What the checker of the soak finds; every check but those of challenges had something to look
  /// at.
  Findings check() throws IOException, SQLException {
    try (Connection connection = look()) {
      Findings findings = SoakChecker.check(new Claims(told()), connection);
      Map<String, Long> looked = findings.looked();
      System.out.printf("looked at %s%n", looked);
      looked.keySet().removeIf(check -> check.startsWith("every challenge"));
      assertThat(looked).allSatisfy((check, things) -> assertThat(things).as(check).isPositive());
      return findings;
    }
  }

  /// What callers met that no caller should.
  List<String> surprises() {
    return surprises;
  }

  @Override
  public void close() throws IOException {
    metrics.close();
    for (Balancer balancer : balancers) {
      balancer.close();
    }
    platform.close();
  }
}
