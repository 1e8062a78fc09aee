package io.tallystick.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.sandbox.platform.PlatformDescription.RestAddresses;
import io.tallystick.sandbox.platform.PlatformTls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `docs/operations/metrics.md` has exactly the metrics that the services show: name, type, labels,
/// and which services.
class MetricsIT {
  private static final Path TABLE =
      Path.of("..", "docs", "operations", "metrics.md").toAbsolutePath().normalize();
  private static final Path FOLDER =
      RunningPlatform.folder("metrics-" + ProcessHandle.current().pid());
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern OURS =
      Pattern.compile("(tallystick_|grpc_|http_server_requests_).*");
  private static final Set<String> NOT_LABELS = Set.of("le", "quantile");
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:]\\w*)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern IMBALANCE =
      Pattern.compile(
          "tallystick_clearing_ledger_imbalance_minor\\{[^}]*currency=\"CNY\"[^}]*} (\\S+)");
  private static final Pattern ROW =
      Pattern.compile("\\| `([^`]+)` \\| (\\w+) \\| ([^|]*) \\| ([^|]*) \\| .+ \\|");

  /// One call of each kind, so that the series of calls are there.
  @BeforeAll
  static void pay() throws Exception {
    Files.createDirectories(FOLDER);
    String wallet = FOLDER.resolve("mira.wallet").toString();
    String terminal = FOLDER.resolve("metrics.terminal").toString();
    Commands.ok("bank", "deposit", "--payer", "mira", "--amount", "300.00");
    Commands.ok(
        "wallet",
        "password",
        "set",
        "--new=739164",
        "--user",
        "mira",
        "--user-password=secret",
        "--wallet",
        wallet);
    Commands.ok(
        "wallet",
        "enrol",
        "--payment-password=739164",
        "--user",
        "mira",
        "--user-password=secret",
        "--wallet",
        wallet);
    Commands.ok("terminal", "setup", "--terminal", terminal, "--merchant", "METRICS", "--id", "M1");
    String code =
        Commands.ok("wallet", "code", "--offline", "--refresh", "--digits-only", "--wallet", wallet)
            .strip();
    Commands.ok("terminal", "pay", "--terminal", terminal, "--code", code, "--amount", "1.00");
    Commands.ok("wallet", "bills", "--wallet", wallet);
    for (URI service : addresses().values()) {
      get(service, "/v1/audit-logs");
    }
  }

  @Test
  void tableHasWhatServicesShow() throws Exception {
    SortedSet<String> written = written(Files.readString(TABLE));
    SortedSet<String> shown = shown();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!shown.equals(written) && System.nanoTime() < deadline) {
      Thread.sleep(1_000); // Gauges of tables are read every few seconds.
      shown = shown();
    }
    assertThat(String.join("\n", shown)).isEqualTo(String.join("\n", written));
  }

  /// Every account is read for it, so it is looked at once a minute only.
  @Test
  void ledgerIsShownInBalance() throws Exception {
    URI clearing = addresses().get("clearing");
    long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    Optional<String> shown = imbalance(scrape(clearing));
    while (shown.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(1_000);
      shown = imbalance(scrape(clearing));
    }
    assertThat(shown).contains("0.0");
  }

  private static Optional<String> imbalance(String text) {
    return IMBALANCE.matcher(text).results().map(sample -> sample.group(1)).findFirst();
  }

  private static SortedSet<String> shown() throws Exception {
    SortedSet<String> all = new TreeSet<>();
    for (Map.Entry<String, URI> service : addresses().entrySet()) {
      all.addAll(families(service.getKey(), scrape(service.getValue())));
    }
    return all;
  }

  private static SortedSet<String> families(String service, String text) {
    Map<String, String> types = new LinkedHashMap<>();
    Map<String, SortedSet<String>> labels = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      TYPE.matcher(line).results().forEach(type -> types.put(type.group(1), type.group(2)));
      SAMPLE
          .matcher(line)
          .results()
          .filter(_ -> !line.startsWith("#"))
          .forEach(sample ->
              labels
                  .computeIfAbsent(family(sample.group(1), types), _ -> new TreeSet<>())
                  .addAll(labels(sample)));
    }
    return types.keySet().stream()
        .filter(name -> OURS.matcher(name).matches())
        .filter(labels::containsKey)
        .map(name -> line(service, name, types.get(name), String.join(", ", labels.get(name))))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> labels(MatchResult sample) {
    return sample.group(2) == null
        ? List.of()
        : LABEL
            .matcher(sample.group(2))
            .results()
            .map(label -> label.group(1))
            .filter(name -> !NOT_LABELS.contains(name))
            .toList();
  }

  private static String family(String sample, Map<String, String> types) {
    if (types.containsKey(sample)) {
      return sample;
    }
    return sample.replaceFirst("_(bucket|count|sum)$", "");
  }

  private static SortedSet<String> written(String page) {
    SortedSet<String> all = new TreeSet<>();
    ROW.matcher(page)
        .results()
        .forEach(row -> {
          String labels = row.group(3).replace("`", "").strip();
          String services = row.group(4).strip();
          for (String service :
              services.equals("all") ? addresses().keySet() : Set.of(services.split(", "))) {
            all.add(line(service, row.group(1), row.group(2), labels));
          }
        });
    return all;
  }

  private static String line(String service, String name, String type, String labels) {
    return service + " " + name + " " + type + " {" + labels + "}";
  }

  private static Map<String, URI> addresses() {
    RestAddresses rest = RunningPlatform.get().description().rest();
    return Map.of(
        "seed", rest.seedService(),
        "verify", rest.verifyService(),
        "clearing", rest.clearingService(),
        "risk", rest.riskService(),
        "notify", rest.notifyService());
  }

  private static String scrape(URI service) throws Exception {
    return get(service, "/q/metrics");
  }

  private static String get(URI service, String path) throws Exception {
    Path ca = RunningPlatform.get().description().caFile();
    try (HttpClient client = HttpClient.newBuilder().sslContext(PlatformTls.trusting(ca)).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(service + path))
              .header("Accept", "text/plain; version=0.0.4")
              .build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
