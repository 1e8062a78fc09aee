package io.tallystick.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Prometheus itself says to rules and queries. Skipped where there is no `promtool`, on the
/// path or where CI puts it.
class PrometheusRulesTest {
  private static final Path RULES = Chart.FOLDER.resolve("files/rules.yaml");
  private static final Path TESTS = Path.of("src/test/alerts/alerts-test.yaml");

  @TempDir Path folder;

  @BeforeEach
  void needsPromtool() {
    assumeTrue(promtool().isPresent(), "promtool is not on the path");
  }

  @Test
  void everyRuleIsAQueryOfPrometheus() throws Exception {
    run("check", "rules", RULES.toString());
  }

  @Test
  void alertsFireWhenTheyShouldAndOnlyThen() throws Exception {
    Path tests = folder.resolve("tests.yaml");
    Files.writeString(tests, Files.readString(TESTS).replace("RULES", RULES.toString()));
    run("test", "rules", tests.toString());
  }

  /// Each panel's query as a rule, with Grafana's variables filled in.
  @Test
  void everyPanelsQueryIsAQueryOfPrometheus() throws Exception {
    ObjectNode file = Chart.YAML.createObjectNode();
    ArrayNode rules = file.putArray("groups").addObject().put("name", "panels").putArray("rules");
    try (Stream<Path> dashboards = Files.list(Chart.FOLDER.resolve("dashboards"))) {
      for (Path dashboard : dashboards.sorted().toList()) {
        for (JsonNode target :
            Chart.yaml(dashboard).findValues("targets").stream()
                .flatMap(JsonNode::valueStream)
                .toList()) {
          rules
              .addObject()
              .put("record", "panel:%d:query".formatted(rules.size()))
              .put("expr", target.path("expr").asText().replace("$__rate_interval", "5m"));
        }
      }
    }
    assertThat(rules).hasSizeGreaterThan(60);
    Path panels = folder.resolve("panels.yaml");
    Chart.YAML.writeValue(panels.toFile(), file);
    run("check", "rules", panels.toString());
  }

  private static void run(String... arguments) throws IOException, InterruptedException {
    Process promtool =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(promtool().orElseThrow().toString()), Arrays.stream(arguments))
                    .toList())
            .redirectErrorStream(true)
            .start();
    String says = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor()).as(says).isZero();
  }

  private static Optional<Path> promtool() {
    Stream<Path> onPath =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
    Path ofCi = Chart.REPOSITORY.resolve(".tally/tools/prometheus/usr/bin");
    return Stream.concat(onPath, Stream.of(ofCi))
        .map(place -> place.resolve("promtool"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
