package io.tallystick.e2e;

import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.sandbox.platform.Platform;
import io.tallystick.sandbox.platform.Replica;
import io.tallystick.sandbox.platform.ServiceName;
import io.tallystick.sandbox.soak.check.Claims;
import io.tallystick.sandbox.soak.told.Line;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

  /// More than the restarts need: the load ends when they do.
  private static final Duration LONGEST_LOAD = Duration.ofMinutes(10);

  private static final Path FOLDER =
      Path.of("target", "replicas-" + ProcessHandle.current().pid()).toAbsolutePath();

  private static final Map<ServiceName, Double> UNANSWERED = new EnumMap<>(ServiceName.class);
  private static LoadedPlatform loaded;
  private static Platform platform;

  @BeforeAll
  static void restartEverythingUnderLoad() throws Exception {
    loaded = LoadedPlatform.start(Path.of("..").toAbsolutePath().normalize(), FOLDER);
    platform = loaded.platform();
    loaded.whilePaying(
        SEED,
        LONGEST_LOAD,
        () -> {
          for (ServiceName service : ServiceName.values()) {
            loaded.bothConsume(new Replica(service, 1), new Replica(service, 2));
          }
          restartAll(1, 2);
          restartAll(2, 1);
          for (ServiceName service : ServiceName.values()) {
            addUnanswered(new Replica(service, 1));
            addUnanswered(new Replica(service, 2));
          }
        });
  }

  @AfterAll
  static void stop() throws Exception {
    if (loaded != null) {
      loaded.close();
    }
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
      loaded.bothConsume(new Replica(service, number), new Replica(service, peers));
    }
  }

  private static void restart(Replica replica, Replica peer) throws Exception {
    addUnanswered(replica);
    long begun = System.nanoTime();
    platform.stop(replica);
    long ended = System.nanoTime();
    assertThat(loaded.groups().consumers(replica.service()))
        .as("what %s left", replica)
        .isNotEmpty()
        .allSatisfy((_, names) -> assertThat(names).doesNotContain(replica.processName()));
    double before = loaded.metrics().consumed(peer);
    Eventually.holds(
        peer.processName() + " consumes alone", () -> loaded.metrics().consumed(peer) > before);
    System.out.printf(
        "replicas: %s ended after %d ms, its peer consumed alone after %d ms%n",
        replica.processName(),
        (ended - begun) / 1_000_000,
        (System.nanoTime() - ended) / 1_000_000);
    platform.startAgain(replica);
  }

  private static void addUnanswered(Replica replica) {
    UNANSWERED.merge(replica.service(), loaded.metrics().unanswered(replica), Double::sum);
  }

  @Test
  void everyPaymentIsAnswered() throws Exception {
    List<Line> lines = loaded.told();
    Map<String, Long> told = new Claims(lines).outcomes();
    System.out.printf("replicas: told %s%n", told);
    System.out.printf(
        "replicas: the longest wait for a payment was %s%n",
        PaymentWait.of(lines).stream().map(PaymentWait::length).max(naturalOrder()).orElseThrow());
    System.out.printf("replicas: attempts without an answer %s%n", UNANSWERED);
    assertThat(told.get("pay paid")).isGreaterThan(300);
    assertThat(told.get("tap accepted")).isGreaterThan(50);
    assertThat(told).doesNotContainKeys("pay unknown");
  }

  @Test
  void everyWordIsKept() throws Exception {
    assertThat(loaded.surprises()).isEmpty();
    assertThat(loaded.check().byCheck()).isEmpty();
  }
}
