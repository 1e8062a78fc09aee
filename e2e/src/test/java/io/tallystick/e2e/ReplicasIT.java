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
import io.tallystick.sandbox.soak.check.SoakChecker;
import io.tallystick.sandbox.soak.check.Sql;
import io.tallystick.sandbox.soak.plan.Intent;
import io.tallystick.sandbox.soak.plan.PlannedStep;
import io.tallystick.sandbox.soak.plan.SoakPlan;
import io.tallystick.sandbox.soak.told.Line;
import io.tallystick.sandbox.soak.told.ToldJournal;
import io.tallystick.sandbox.soak.work.Workload;
import io.tallystick.sandbox.story.Stage;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two replicas of each service; every one of the ten is stopped in good order and started again
/// while payers pay, tap and take back. Each caller writes down what it was told, and all of it has
/// to be so in the end.
///
/// `docs/operations/rolling-restarts.md` promises what is asserted here.
@Tag("long")
class ReplicasIT {
  private static final long SEED = 2_028;
  private static final int PAYERS = 10;

  /// More than the restarts need: the load ends when they do.
  private static final Duration LONGEST_LOAD = Duration.ofMinutes(10);

  private static final Path FOLDER =
      Path.of("target", "replicas-" + ProcessHandle.current().pid()).toAbsolutePath();
  private static final Path JOURNAL = FOLDER.resolve("told.jsonl");

  private static final List<Balancer> BALANCERS = new ArrayList<>();
  private static final Map<ServiceName, Double> UNANSWERED = new EnumMap<>(ServiceName.class);
  private static Platform platform;
  private static StreamGroups groups;
  private static ReplicaMetrics metrics;
  private static List<String> surprises;

  @BeforeAll
  static void restartEverythingUnderLoad() throws Exception {
    platform =
        Platform.start(
            new PlatformOptions(
                Path.of("..").toAbsolutePath().normalize(),
                FOLDER,
                Soak.SETTINGS,
                JvmOptions.sandbox(
                    List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")),
                Wiring.DIRECT,
                2),
            System.out::println);
    groups = new StreamGroups(URI.create(platform.stores().redisUrl()));
    metrics = new ReplicaMetrics(platform);
    Stage stage = Stage.on(behindBalancers(), FOLDER.resolve("devices"));
    try (ToldJournal journal = ToldJournal.create(JOURNAL);
        Workload workload = Workload.gather(plan(), stage, journal)) {
      Thread load = Thread.ofPlatform().start(() -> run(workload));
      for (ServiceName service : ServiceName.values()) {
        bothConsume(new Replica(service, 1), new Replica(service, 2));
      }
      restartAll(1, 2);
      restartAll(2, 1);
      for (ServiceName service : ServiceName.values()) {
        addUnanswered(new Replica(service, 1));
        addUnanswered(new Replica(service, 2));
      }
      workload.enough();
      load.join();
      System.out.println("replicas: the load has ended");
      workload.finish();
      try (Connection connection = look()) {
        assertThat(AtRest.await(new Sql(connection))).isEmpty();
      }
      workload.readOut();
      surprises = workload.surprises();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (metrics != null) {
      metrics.close();
    }
    for (Balancer balancer : BALANCERS) {
      balancer.close();
    }
    if (platform != null) {
      platform.close();
    }
  }

  /// What [Soak] plays, without what needs minutes to come to rest: challenges and wrong clocks.
  private static SoakPlan plan() {
    SoakPlan whole = SoakPlan.draw(SEED, LONGEST_LOAD);
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
    return new SoakPlan(SEED, PAYERS, whole.tills(), steps, List.of());
  }

  private static void run(Workload workload) {
    try {
      workload.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static PlatformDescription behindBalancers() {
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

  private static URI rest(ServiceName service) {
    return URI.create("https://" + balanced(platform.restListeners(service)));
  }

  private static String balanced(List<InetSocketAddress> replicas) {
    Balancer balancer = Balancer.before(replicas);
    BALANCERS.add(balancer);
    return balancer.address();
  }

  /// As an upgrade of the whole platform: one replica of each service after the other goes, its
  /// peer does everything meanwhile, and it comes back.
  private static void restartAll(int number, int peers) throws Exception {
    for (ServiceName service : ServiceName.values()) {
      restart(new Replica(service, number), new Replica(service, peers));
    }
    for (ServiceName service : ServiceName.values()) {
      Replica replica = new Replica(service, number);
      Duration took = platform.awaitReady(replica);
      System.out.printf("replicas: %s ready after %d ms%n", replica.processName(), took.toMillis());
    }
    for (ServiceName service : ServiceName.values()) {
      bothConsume(new Replica(service, number), new Replica(service, peers));
    }
  }

  private static void restart(Replica replica, Replica peer) throws Exception {
    addUnanswered(replica);
    long begun = System.nanoTime();
    platform.stop(replica);
    long ended = System.nanoTime();
    assertThat(groups.consumers(replica.service()))
        .as("what %s left", replica)
        .isNotEmpty()
        .allSatisfy((_, names) -> assertThat(names).doesNotContain(replica.processName()));
    double before = metrics.consumed(peer);
    Eventually.holds(peer.processName() + " consumes alone", () -> metrics.consumed(peer) > before);
    System.out.printf(
        "replicas: %s ended after %d ms, its peer consumed alone after %d ms%n",
        replica.processName(),
        (ended - begun) / 1_000_000,
        (System.nanoTime() - ended) / 1_000_000);
    platform.startAgain(replica);
  }

  /// Every partition that has events is shared, and both get something.
  private static void bothConsume(Replica one, Replica other) {
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

  private static void addUnanswered(Replica replica) {
    UNANSWERED.merge(replica.service(), metrics.unanswered(replica), Double::sum);
  }

  private static Connection look() throws SQLException {
    Stores.Login login = platform.stores().administrator();
    return DriverManager.getConnection(
        platform.stores().jdbcUrl(), login.username(), login.password());
  }

  @Test
  void everyPaymentIsAnswered() throws Exception {
    List<Line> lines = ToldJournal.read(JOURNAL);
    Map<String, Long> told = new Claims(lines).outcomes();
    System.out.printf("replicas: told %s%n", told);
    System.out.printf("replicas: the longest wait for a payment was %s%n", longestWait(lines));
    System.out.printf("replicas: attempts without an answer %s%n", UNANSWERED);
    assertThat(told.get("pay paid")).isGreaterThan(300);
    assertThat(told.get("tap accepted")).isGreaterThan(50);
    assertThat(told).doesNotContainKeys("pay unknown");
  }

  /// Of one order after the other: a second call about the same waits for its own answer.
  private static Duration longestWait(List<Line> lines) {
    Map<String, Deque<Long>> asked = new HashMap<>();
    Function<Line, String> order = line -> line.step() + " " + line.subject();
    long longest = 0;
    for (Line line : lines) {
      if (line.what() == Line.What.PAY && line.phase() == Line.Phase.ASKS) {
        asked.computeIfAbsent(order.apply(line), _ -> new ArrayDeque<>()).add(line.atMillis());
      } else if (line.what() == Line.What.PAY) {
        longest = Math.max(longest, line.atMillis() - asked.get(order.apply(line)).remove());
      }
    }
    return Duration.ofMillis(longest);
  }

  @Test
  void everyWordIsKept() throws Exception {
    assertThat(surprises).isEmpty();
    try (Connection connection = look()) {
      var findings = SoakChecker.check(new Claims(ToldJournal.read(JOURNAL)), connection);
      assertThat(findings.byCheck()).isEmpty();
      Map<String, Long> looked = findings.looked();
      System.out.printf("replicas: looked at %s%n", looked);
      looked.keySet().removeIf(check -> check.startsWith("every challenge"));
      assertThat(looked).allSatisfy((check, things) -> assertThat(things).as(check).isPositive());
    }
  }
}
