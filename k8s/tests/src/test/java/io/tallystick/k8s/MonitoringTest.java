package io.tallystick.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.k8s.Chart.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Alerts and dashboards speak of metrics that exist. Which exist is in
/// `docs/operations/metrics.md`, which a test of the running platform compares with what is served.
class MonitoringTest {
  private static final Path METRICS = Chart.REPOSITORY.resolve("docs/operations/metrics.md");
  private static final Path RUNBOOKS = Chart.REPOSITORY.resolve("docs/operations/runbooks");

  /// Of Prometheus and of the Java virtual machine, which the page leaves to their own documents.
  private static final Set<String> FOREIGN =
      Set.of(
          "up",
          "process_cpu_usage",
          "system_cpu_count",
          "jvm_memory_used_bytes",
          "jvm_gc_pause_seconds_sum");

  /// Of Prometheus' own making, or of the way services are scraped.
  private static final Set<String> TARGET_LABELS =
      Set.of("namespace", "job", "instance", "le", "area");

  private record Query(String where, String text) {}

  @Test
  void noPanelAndNoAlertNamesAMetricThatIsNotThere() {
    Set<String> exposed = exposed().keySet();
    Set<String> recorded = new TreeSet<>();
    rules().forEach(rule -> recorded.add(rule.path("record").asText()));
    for (Query query : queries()) {
      Set<String> named = PromQl.metrics(query.text());
      assertThat(named).as("%s: %s", query.where(), query.text()).isNotEmpty();
      assertThat(named)
          .as(query.where())
          .allMatch(
              name -> exposed.contains(name) || recorded.contains(name) || FOREIGN.contains(name));
    }
  }

  @Test
  void noPanelAndNoAlertNamesALabelThatItsMetricsLack() {
    Map<String, Set<String>> exposed = exposed();
    Set<String> labels = new TreeSet<>(TARGET_LABELS);
    for (Query query : queries()) {
      for (String name : PromQl.metrics(query.text())) {
        labels.addAll(
            exposed.getOrDefault(name, Set.of("method", "statusCode", "status", "outcome")));
      }
      assertThat(labels)
          .as(query.where() + ": " + query.text())
          .containsAll(PromQl.labels(query.text()));
      labels.retainAll(TARGET_LABELS);
    }
  }

  @Test
  void theReaderOfQueriesSeesMetricsAndLabels() {
    String query =
        "sum by (job, le) (rate(a_bucket{x=\"y{z}\",w!~\"b_total\"}[$__rate_interval])) > 0.5 * on (job) max(c_seconds)"
            + " and absent(d{}) or e offset 5m unless tallystick:f:rate5m";
    assertThat(PromQl.metrics(query))
        .containsExactlyInAnyOrder("a_bucket", "c_seconds", "d", "e", "tallystick:f:rate5m");
    assertThat(PromQl.labels(query)).containsExactlyInAnyOrder("job", "le", "x", "w");
  }

  /// A metric nobody looks at is a question nobody asked: each is in a panel or an alert.
  @Test
  void everyMetricOfTheProductIsShownSomewhere() {
    Set<String> shown = new TreeSet<>();
    queries().forEach(query -> shown.addAll(PromQl.metrics(query.text())));
    Set<String> own = new TreeSet<>();
    for (String row : tableRows()) {
      own.add(row.split("`")[1]);
    }
    own.removeIf(name -> !name.startsWith("tallystick_") || name.endsWith("_max"));
    own.removeIf(name ->
        shown.stream().anyMatch(used -> used.replaceAll("_(sum|count|bucket)$", "").equals(name)));
    // Whether thresholds were taken up is in the decisions themselves.
    assertThat(own).containsExactly("tallystick_risk_thresholds_reloads_total");
  }

  @Test
  void everyAlertHasARunbookThatNamesIt() throws IOException {
    Set<String> named = new TreeSet<>();
    try (Stream<Path> pages = Files.list(RUNBOOKS)) {
      for (Path page : pages.filter(p -> !p.endsWith("README.md")).toList()) {
        Matcher alerts = Pattern.compile("`(Tallystick[A-Za-z]+)`").matcher(Files.readString(page));
        while (alerts.find()) {
          named.add(alerts.group(1) + " " + page.getFileName());
        }
      }
    }
    Set<String> wanted = new TreeSet<>();
    for (JsonNode rule : alerts()) {
      wanted.add(
          rule.path("alert").asText() + " " + rule.at("/annotations/runbook").asText() + ".md");
    }
    assertThat(named).isEqualTo(wanted);
  }

  @Test
  void everyAlertSaysWhatHowBadAndWhatToDo() {
    assertThat(alerts()).hasSizeGreaterThan(30);
    for (JsonNode rule : alerts()) {
      assertThat(rule.at("/labels/severity").asText()).isIn("page", "ticket");
      assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
      assertThat(rule.at("/annotations/description").asText()).isNotBlank();
    }
  }

  @Test
  void theClusterGetsEveryRuleWithTheAddressOfItsRunbook() {
    Manifest rendered =
        Manifest.ofKind(Chart.render(Environment.AIR_GAPPED), "PrometheusRule").getFirst();
    List<String> sent = new ArrayList<>();
    rendered
        .at("/spec/groups")
        .forEach(group ->
            group
                .path("rules")
                .forEach(rule -> {
                  sent.add(rule.path("expr").asText());
                  if (rule.has("alert")) {
                    assertThat(rule.at("/annotations/runbook_url").asText())
                        .matches("https://wiki\\.internal/tallystick/runbooks/[a-z-]+\\.md");
                  }
                }));
    assertThat(sent).isEqualTo(rules().stream().map(rule -> rule.path("expr").asText()).toList());
  }

  @Test
  void anAlertCanBeLeftOut() {
    List<Manifest> all =
        Chart.render(
            Environment.PRODUCTION, Map.of("monitoring.rules.disabled[0]", "TallystickStreamLag"));
    String rules = Manifest.ofKind(all, "PrometheusRule").getFirst().document().toString();
    assertThat(rules).doesNotContain("TallystickStreamLag").contains("TallystickStreamStuck");
  }

  /// KEDA scales by a query of its own.
  @Test
  void scalingAsksForMetricsThatExist() {
    List<Manifest> scaled = Manifest.ofKind(Chart.render(Environment.PRODUCTION), "ScaledObject");
    assertThat(scaled).hasSize(5);
    for (Manifest object : scaled) {
      String query = object.at("/spec/triggers/1/metadata/query").asText();
      assertThat(exposed().keySet()).containsAll(PromQl.metrics(query));
      assertThat(query).contains("group=\"" + object.component() + "\"");
    }
  }

  @Test
  void everyServiceIsScrapedUnderTheNameThatRulesUse() {
    List<Manifest> all = Chart.render(Environment.PRODUCTION);
    for (Manifest monitor : Manifest.ofKind(all, "ServiceMonitor")) {
      JsonNode selector = monitor.at("/spec/selector/matchLabels");
      List<Manifest> selected =
          Manifest.ofKind(all, "Service").stream()
              .filter(service ->
                  selector
                      .propertyStream()
                      .allMatch(wanted ->
                          service
                              .at("/metadata/labels")
                              .path(wanted.getKey())
                              .equals(wanted.getValue())))
              .toList();
      assertThat(selected).as("one Service, or replicas would be scraped twice").hasSize(1);
      assertThat(monitor.at("/spec/endpoints/0/relabelings/0/replacement").asText())
          .isEqualTo("tallystick-" + monitor.component());
      Manifest certificate = Manifest.one(all, "Certificate", monitor.name());
      assertThat(certificate.at("/spec/dnsNames").valueStream().map(JsonNode::asText))
          .contains(monitor.at("/spec/endpoints/0/tlsConfig/serverName").asText());
    }
  }

  @Test
  void dashboardsAreWholeAndTheirIdsAreTheirOwn() {
    Set<String> uids = new TreeSet<>();
    for (Path file : dashboards()) {
      JsonNode dashboard = Chart.yaml(file);
      assertThat(uids.add(dashboard.path("uid").asText())).isTrue();
      Set<Integer> ids = new TreeSet<>();
      dashboard
          .path("panels")
          .forEach(panel -> assertThat(ids.add(panel.path("id").asInt())).isTrue());
      assertThat(ids).hasSizeGreaterThan(5);
    }
    List<Manifest> rendered =
        Manifest.ofKind(Chart.render(Environment.PRODUCTION), "ConfigMap").stream()
            .filter(m -> m.at("/metadata/labels/grafana_dashboard").asText().equals("1"))
            .toList();
    assertThat(rendered).hasSameSizeAs(dashboards());
  }

  private static List<JsonNode> rules() {
    List<JsonNode> rules = new ArrayList<>();
    Chart.yaml(Chart.FOLDER.resolve("files/rules.yaml"))
        .path("groups")
        .forEach(group -> group.path("rules").forEach(rules::add));
    return rules;
  }

  private static List<JsonNode> alerts() {
    return rules().stream().filter(rule -> rule.has("alert")).toList();
  }

  private static List<Path> dashboards() {
    try (Stream<Path> files = Files.list(Chart.FOLDER.resolve("dashboards"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    for (JsonNode rule : rules()) {
      String name = rule.path("alert").asText(rule.path("record").asText());
      queries.add(new Query(name, rule.path("expr").asText()));
    }
    for (Path file : dashboards()) {
      for (JsonNode panel : Chart.yaml(file).path("panels")) {
        for (JsonNode target : panel.path("targets")) {
          queries.add(
              new Query(
                  file.getFileName() + ", " + panel.path("title").asText(),
                  target.path("expr").asText()));
        }
      }
    }
    return queries;
  }

  private static List<String> tableRows() {
    try {
      return Files.readAllLines(METRICS).stream().filter(line -> line.startsWith("| `")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Each exposed series with its labels; a histogram has three, a summary two.
  private static Map<String, Set<String>> exposed() {
    Map<String, Set<String>> exposed = new TreeMap<>();
    for (String row : tableRows()) {
      String[] cells = row.split("\\|");
      String name = cells[1].replace("`", "").trim();
      Set<String> labels = new TreeSet<>();
      Matcher label = Pattern.compile("`([a-zA-Z_]+)`").matcher(cells[3]);
      while (label.find()) {
        labels.add(label.group(1));
      }
      List<String> suffixes =
          switch (cells[2].trim()) {
            case "histogram" -> List.of("_bucket", "_sum", "_count");
            case "summary" -> List.of("_sum", "_count");
            default -> List.of("");
          };
      suffixes.forEach(suffix -> exposed.put(name + suffix, labels));
    }
    return exposed;
  }
}
