package io.tallystick.sandbox.bench;

import static java.util.Objects.requireNonNull;

import io.grpc.ManagedChannel;
import io.tallystick.api.clearing.v1.CheckLedgerRequest;
import io.tallystick.api.clearing.v1.CheckLedgerResponse;
import io.tallystick.api.clearing.v1.LedgerAdminServiceGrpc;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.sandbox.bench.BenchFigures.Clear;
import io.tallystick.sandbox.bench.BenchFigures.Floor;
import io.tallystick.sandbox.bench.BenchFigures.Ledger;
import io.tallystick.sandbox.bench.BenchFigures.PayByCode;
import io.tallystick.sandbox.bench.BenchFigures.Reference;
import io.tallystick.sandbox.bench.BenchFigures.TapCheck;
import io.tallystick.sandbox.platform.GrpcChannels;
import io.tallystick.sandbox.platform.Platform;
import io.tallystick.sandbox.platform.PlatformOptions;
import io.tallystick.sandbox.platform.Progress;
import io.tallystick.sandbox.platform.ServiceName;
import io.tallystick.sandbox.platform.ServiceRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One run on a platform that was just started: every load and every reference, one after another.
public final class Bench {
  private static final List<Integer> CALLERS = List.of(16, 64, 256);
  private static final int SCALE_CALLERS = 64;
  private static final int TILLS = 16;
  private static final int TAP_ROUNDS = 20;
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final Duration WARM_UP_STEP = Duration.ofSeconds(10);
  private static final double STILL_RISING = 1.05;

  /// So many steps without a rise: single ones vary by more than what is still to come.
  private static final int FLAT_STEPS = 6;

  /// Enough that they don't run out of codes, of which each has ten a minute.
  private static final int WARM_UP_ACCOUNTS = 20_000;

  /// The check reads every entry of a million accounts.
  private static final int LEDGER_LIMIT_MINUTES = 5;

  /// Until every payer has a minute's fresh codes again.
  private static final Duration FRESH_CODES = Duration.ofSeconds(65);

  private final Platform platform;
  private final Path checkout;
  private final Path folder;
  private final ServiceRuntime runtime;
  private final List<ServiceRuntime> trials;
  private final BenchPlan plan;
  private final Progress progress;
  private final BenchDatabase database;
  private final SeedSeal seal;

  /// @param options of the platform
  /// @param trials what one more replica of each service is started on
  public Bench(
      Platform platform,
      PlatformOptions options,
      List<ServiceRuntime> trials,
      BenchPlan plan,
      Progress progress)
      throws IOException {
    this.platform = platform;
    this.checkout = options.checkout();
    this.folder = options.folder();
    this.runtime = options.runtime();
    this.trials = List.copyOf(trials);
    this.plan = plan;
    this.progress = progress;
    this.database = new BenchDatabase(platform.stores());
    this.seal = new SeedSeal(platform.firstKeyEncryptionKey(ServiceName.SEED));
  }

  /// Measures everything.
  public BenchFigures run() throws Exception {
    Population population = new Population(database, seal);
    population.growTo(WARM_UP_ACCOUNTS);
    try (Tills tills = Tills.open(platform.description(), "bench-m", TILLS, 1)) {
      CodeLoad load = new CodeLoad(tills, Clock.systemUTC());
      warmUp(load);
      long warm = System.nanoTime();
      double tpcb = tpcb();
      TapForge.Issuer issuer = IssuerAccess.open(database, seal);
      TapCheckSpeed.PerSecond checks = tapChecks(issuer, tills);
      TapCheck taps = new TapCheck(checks.cached(), checks.cold());
      awaitFreshCodes(warm);
      PayByCode codes = payByCode(load, population);
      Clear clear = clear(issuer);
      Map<String, Map<ServiceRuntime.Kind, ServiceTrial.Start>> services = services();
      Reference reference = new Reference(tpcb, TpcB.SCALE, checks.bareVerifications());
      Ledger ledger = ledger();
      return new BenchFigures(
          BenchMachine.describe(database, runtime),
          reference,
          codes,
          taps,
          clear,
          services,
          ledger,
          floors(reference, codes, taps, ledger));
    }
  }

  /// Until the rate stops rising: on a few cores five JVMs take minutes to compile what is hot.
  private void warmUp(CodeLoad load) throws InterruptedException {
    long deadline = System.nanoTime() + plan.warmUpLimit().toNanos();
    double best = 0;
    int flat = 0;
    while (flat < FLAT_STEPS && System.nanoTime() < deadline) {
      CodeLoad.Outcome step =
          load.closed(SCALE_CALLERS, WARM_UP_ACCOUNTS, Duration.ZERO, WARM_UP_STEP);
      progress.report("warming up: %.0f payments/s".formatted(step.perSecond()));
      flat = step.perSecond() < best * STILL_RISING ? flat + 1 : 0;
      best = Math.max(best, step.perSecond());
    }
  }

  private void awaitFreshCodes(long since) throws InterruptedException {
    long left = FRESH_CODES.toNanos() - (System.nanoTime() - since);
    if (left > 0) {
      progress.report("waiting until every payer has fresh codes");
      Thread.sleep(Duration.ofNanos(left));
    }
  }

  private double tpcb() throws Exception {
    TpcB reference = new TpcB(database);
    reference.prepare();
    double perSecond = reference.perSecond(SETTLE, plan.reference());
    reference.drop();
    progress.report("reference: %.0f TPC-B transactions/s".formatted(perSecond));
    return perSecond;
  }

  private TapCheckSpeed.PerSecond tapChecks(TapForge.Issuer issuer, Tills tills) throws Exception {
    Sm2PublicKey root =
        Sm2PublicKey.parsePem(Files.readString(platform.description().rootPublicKeyFile()));
    TapCheckSpeed.PerSecond checks =
        new TapCheckSpeed(root, issuer, tills.get(0))
            .measure(SETTLE, plan.reference().dividedBy(3));
    progress.report(
        "tap checks on one core: %.0f/s, bare SM2 verifications %.0f/s"
            .formatted(checks.cached(), checks.bareVerifications()));
    return checks;
  }

  private PayByCode payByCode(CodeLoad load, Population population) throws Exception {
    Map<String, Double> byAccounts = new LinkedHashMap<>();
    List<CodeLoad.Outcome> byCallers = new ArrayList<>();
    CodeLoad.Outcome half = null;
    for (int accounts : plan.accounts()) {
      population.growTo(accounts);
      CodeLoad.Outcome one = middleOfThree(load, accounts);
      byAccounts.put(Integer.toString(accounts), one.perSecond());
      if (accounts == plan.accounts().get(1)) {
        for (int callers : CALLERS) {
          byCallers.add(callers == SCALE_CALLERS ? one : closed(load, callers, accounts));
        }
        half = load.open(best(byCallers) / 2, accounts, SETTLE, plan.measured());
        progress.report("at half load: p99 %.1f ms".formatted(half.p99Millis()));
      }
    }
    CodeLoad.Outcome steady = requireNonNull(half, "measured above");
    return new PayByCode(
        best(byCallers),
        steady.p50Millis(),
        steady.p99Millis(),
        byCallers,
        SCALE_CALLERS,
        byAccounts,
        load.otherAnswers());
  }

  /// Single figures vary by more than what the populations may differ by.
  private CodeLoad.Outcome middleOfThree(CodeLoad load, int accounts) throws InterruptedException {
    List<CodeLoad.Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      long began = System.nanoTime();
      outcomes.add(closed(load, SCALE_CALLERS, accounts));
      if (accounts == plan.accounts().getFirst()) {
        awaitFreshCodes(began); // Few payers have few codes.
      }
    }
    outcomes.sort(Comparator.comparingDouble(CodeLoad.Outcome::perSecond));
    return outcomes.get(1);
  }

  private CodeLoad.Outcome closed(CodeLoad load, int callers, int accounts)
      throws InterruptedException {
    CodeLoad.Outcome outcome = load.closed(callers, accounts, SETTLE, plan.measured());
    progress.report(
        "%d callers, %d accounts: %.0f payments/s, p99 %.0f ms"
            .formatted(callers, accounts, outcome.perSecond(), outcome.p99Millis()));
    return outcome;
  }

  private static double best(List<CodeLoad.Outcome> outcomes) {
    return outcomes.stream()
        .max(Comparator.comparingDouble(CodeLoad.Outcome::perSecond))
        .orElseThrow()
        .perSecond();
  }

  private Clear clear(TapForge.Issuer issuer) throws Exception {
    TapLoad load = new TapLoad(database, issuer);
    load.prepare();
    TapLoad.Outcome many;
    TapLoad.Outcome one;
    try (Tills tills = Tills.open(platform.description(), "bench-t", TILLS, 1)) {
      many = load.run(tills, TAP_ROUNDS, Duration.ofHours(60));
      progress.report("cleared %.0f taps/s of many merchants".formatted(many.perSecond()));
    }
    try (Tills tills = Tills.open(platform.description(), "bench-one", 1, TILLS)) {
      one = load.run(tills, TAP_ROUNDS, Duration.ofHours(30));
      progress.report("cleared %.0f taps/s of one merchant".formatted(one.perSecond()));
    }
    return new Clear(many.perSecond(), one.perSecond(), many.taps(), TapLoad.PAYERS);
  }

  private Map<String, Map<ServiceRuntime.Kind, ServiceTrial.Start>> services() throws Exception {
    ServiceTrial trial = new ServiceTrial(checkout, folder, platform.description());
    Map<String, Map<ServiceRuntime.Kind, ServiceTrial.Start>> services = new LinkedHashMap<>();
    for (ServiceName service : ServiceName.values()) {
      Map<ServiceRuntime.Kind, ServiceTrial.Start> starts =
          new EnumMap<>(ServiceRuntime.Kind.class);
      for (ServiceRuntime one : trials) {
        ServiceTrial.Start start = trial.run(service, one);
        progress.report(
            "%s, %s: ready in %.1f s"
                .formatted(service.moduleName(), one.kind(), start.readySeconds()));
        starts.put(one.kind(), start);
      }
      services.put(service.moduleName(), starts);
    }
    return services;
  }

  private Ledger ledger() throws IOException {
    ManagedChannel channel =
        GrpcChannels.operator(
            platform.description(), platform.description().grpc().clearingService());
    CheckLedgerResponse check;
    try {
      check =
          LedgerAdminServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(LEDGER_LIMIT_MINUTES, TimeUnit.MINUTES)
              .checkLedger(CheckLedgerRequest.getDefaultInstance());
    } finally {
      GrpcChannels.close(channel);
    }
    check.getFindingsList().forEach(finding -> progress.report("NOT SOUND " + finding));
    return new Ledger(check.getPayments(), check.getEntries(), check.getFindingsCount());
  }

  static List<Floor> floors(Reference reference, PayByCode codes, TapCheck taps, Ledger ledger) {
    double slowest = codes.byAccounts().values().stream().min(Double::compare).orElseThrow();
    double fastest = codes.byAccounts().values().stream().max(Double::compare).orElseThrow();
    return List.of(
        Floor.atLeast(
            "payByCode.perSecond / reference.tpcbPerSecond",
            codes.perSecond() / reference.tpcbPerSecond(),
            0.5),
        Floor.atMost("payByCode.p99MillisAtHalfLoad", codes.p99MillisAtHalfLoad(), 50),
        Floor.atLeast("payByCode.byAccounts, slowest / fastest", slowest / fastest, 0.85),
        Floor.atLeast(
            "tapCheck.perSecondPerCore / reference.sm2VerifyPerSecond",
            taps.perSecondPerCore() / reference.sm2VerifyPerSecond(),
            0.8),
        Floor.atMost("ledger.findings", ledger.findings(), 0));
  }
}
