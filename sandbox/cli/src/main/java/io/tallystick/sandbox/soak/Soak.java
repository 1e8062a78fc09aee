package io.tallystick.sandbox.soak;

import io.tallystick.sandbox.base.Stores;
import io.tallystick.sandbox.platform.JvmOptions;
import io.tallystick.sandbox.platform.Platform;
import io.tallystick.sandbox.platform.PlatformOptions;
import io.tallystick.sandbox.platform.ServiceName;
import io.tallystick.sandbox.soak.check.AtRest;
import io.tallystick.sandbox.soak.check.Claims;
import io.tallystick.sandbox.soak.check.Findings;
import io.tallystick.sandbox.soak.check.SoakChecker;
import io.tallystick.sandbox.soak.check.Sql;
import io.tallystick.sandbox.soak.fault.FaultRunner;
import io.tallystick.sandbox.soak.fault.Links;
import io.tallystick.sandbox.soak.plan.SoakPlan;
import io.tallystick.sandbox.soak.told.ToldJournal;
import io.tallystick.sandbox.soak.work.Workload;
import io.tallystick.sandbox.story.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One soak on a platform of its own.
public final class Soak implements AutoCloseable {
  /// What the services are told for a soak's sake: challenges that end while it lasts, no limit on
  /// wrong codes that one machine's callers would reach together, time for risk-service on a
  /// machine that has none, no settlement in the middle.
  public static final Map<ServiceName, Map<String, String>> SETTINGS =
      Map.of(
          ServiceName.NOTIFY,
          Map.of("tallystick.notify.challenge.validity", "PT20S"),
          ServiceName.RISK,
          Map.of("tallystick.risk.assess.patience", "PT2S"),
          ServiceName.VERIFY,
          Map.of(
              "tallystick.verify.guess.terminal", "3000",
              "tallystick.verify.guess.merchant", "3000",
              "tallystick.verify.guess.alias-at-terminal", "300",
              "tallystick.verify.guess.alias", "300",
              "tallystick.verify.guess.alias-long", "3000"),
          ServiceName.CLEARING,
          Map.of("tallystick.clearing.settlement.cron", "off"));

  private final Options options;
  private final SoakPlan plan;
  private final Platform platform;
  private final Links links;
  private final Consumer<String> progress;
  private final long begun = System.nanoTime();

  /// @param checkout the source tree with its build output
  /// @param folder where plan, journal, databases and logs go
  /// @param seed that everything intended follows from
  /// @param length of workload and faults; start, rest and proof come on top
  /// @param jvmOptions of each service
  public record Options(
      Path checkout, Path folder, long seed, Duration length, List<String> jvmOptions) {}

  private Soak(
      Options options, SoakPlan plan, Platform platform, Links links, Consumer<String> progress) {
    this.options = options;
    this.plan = plan;
    this.platform = platform;
    this.links = links;
    this.progress = progress;
  }

  /// Draws the plan and starts the platform.
  ///
  /// @param progress told in a line what happens
  public static Soak start(Options options, Consumer<String> progress)
      throws InterruptedException, IOException {
    Files.createDirectories(options.folder());
    SoakPlan plan = SoakPlan.draw(options.seed(), options.length());
    plan.write(options.folder().resolve("plan.txt"));
    progress.accept(
        "seed %d: %d steps, %d faults, plan %s"
            .formatted(options.seed(), plan.steps().size(), plan.faults().size(), plan.digest()));
    Links links = Links.everywhere();
    Platform platform =
        Platform.start(
            new PlatformOptions(
                options.checkout(),
                options.folder(),
                SETTINGS,
                JvmOptions.sandbox(options.jvmOptions()),
                links),
            progress::accept);
    return new Soak(options, plan, platform, links, progress);
  }

  /// Plays the plan and proves what came of it.
  public SoakReport play() throws InterruptedException, IOException, SQLException {
    Stage stage =
        Stage.on(
            links.seenFromOutside(platform.description()), options.folder().resolve("devices"));
    FaultRunner faults = new FaultRunner(platform, links, progress);
    List<String> surprises;
    int steps;
    try (ToldJournal journal = ToldJournal.create(journalFile());
        Workload workload = Workload.gather(plan, stage, journal)) {
      progress.accept("payers and tills are ready");
      playTogether(workload, faults);
      workload.finish();
      awaitRest();
      workload.readOut();
      surprises = workload.surprises();
      steps = workload.done();
    }
    return report(steps, faults, surprises);
  }

  private void playTogether(Workload workload, FaultRunner faults)
      throws InterruptedException, IOException {
    FutureTask<@Nullable Void> harm =
        new FutureTask<>(() -> {
          faults.run(plan.faults(), fault -> workload.awaitSteps(plan.stepsBefore(fault)));
          return null;
        });
    Thread.ofPlatform().name("faults").daemon().start(harm);
    Thread watch = Thread.ofPlatform().name("soak-progress").daemon().start(() -> watch(workload));
    workload.run();
    awaitEnd(harm);
    watch.interrupt();
    links.heal();
    progress.accept("all steps taken; everything is whole again and comes to rest");
    platform.awaitReady();
  }

  /// A soak whose faults ended early proves nothing.
  private static void awaitEnd(FutureTask<?> harm) throws InterruptedException {
    try {
      harm.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the faults ended early", e.getCause());
    }
  }

  private void watch(Workload workload) {
    try {
      while (true) {
        Thread.sleep(10_000);
        progress.accept("%d of %d steps".formatted(workload.done(), plan.steps().size()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What is still on its way after the limit becomes findings.
  private void awaitRest() throws InterruptedException, SQLException {
    try (Connection connection = look()) {
      Map<String, Long> unrest = AtRest.await(new Sql(connection));
      progress.accept(unrest.isEmpty() ? "at rest" : "not at rest: " + unrest);
    }
  }

  private SoakReport report(int steps, FaultRunner faults, List<String> surprises)
      throws IOException, SQLException {
    Claims claims = claims();
    Findings findings;
    try (Connection connection = look()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      findings = SoakChecker.check(claims, connection);
    }
    Map<String, List<String>> wrong = new LinkedHashMap<>(findings.byCheck());
    if (!surprises.isEmpty()) {
      wrong.put("callers meet only what they were promised", new ArrayList<>(surprises));
    }
    return new SoakReport(
        options.seed(),
        plan.digest(),
        steps,
        faults.done(),
        claims.outcomes(),
        claims.paidWithoutAnswer(),
        findings.looked(),
        wrong,
        findings.total() + surprises.size(),
        (System.nanoTime() - begun) / 1_000_000_000,
        options.folder().toString());
  }

  /// What callers said in this soak.
  public Claims claims() throws IOException {
    return new Claims(ToldJournal.read(journalFile()));
  }

  /// A connection that may read every schema.
  public Connection look() throws SQLException {
    Stores.Login login = platform.stores().administrator();
    return DriverManager.getConnection(
        platform.stores().jdbcUrl(), login.username(), login.password());
  }

  private Path journalFile() {
    return options.folder().resolve("told.jsonl");
  }

  @Override
  public void close() throws IOException {
    platform.close();
    links.close();
  }
}
