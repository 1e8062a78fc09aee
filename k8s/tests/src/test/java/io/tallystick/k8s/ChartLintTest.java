package io.tallystick.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.tallystick.k8s.Chart.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChartLintTest {
  @TempDir Path folder;

  /// Helm's linter takes no values file here, so each is written over the chart's own values.
  @ParameterizedTest
  @EnumSource
  void lintsStrictlyForEachEnvironment(Environment environment) throws IOException {
    Path copy = folder.resolve("tallystick");
    Chart.copy(copy);
    JsonNode values = Chart.yaml(Chart.FOLDER.resolve("values.yaml"));
    merge((ObjectNode) values, Chart.yaml(environment.valuesFile()));
    Chart.YAML.writeValue(copy.resolve("values.yaml").toFile(), values);

    LintResult lint = new Helm(copy).lint().strict().call();

    assertThat(lint.isFailed()).as(String.join("\n", lint.getMessages())).isFalse();
    assertThat(lint.getMessages())
        .filteredOn(message -> !message.contains("icon is recommended"))
        .noneMatch(message -> message.contains("[WARNING]") || message.contains("[ERROR]"));
  }

  @Test
  void schemaKnowsEveryValueOfTheChart() {
    Set<String> unknown = new TreeSet<>();
    JsonNode schema = Chart.yaml(Chart.FOLDER.resolve("values.schema.json"));
    collectUnknown("", Chart.yaml(Chart.FOLDER.resolve("values.yaml")), schema, schema, unknown);
    assertThat(unknown).isEmpty();
  }

  @Test
  void everyValueOfTheSchemaIsInTheValuesFile() {
    JsonNode schema = Chart.yaml(Chart.FOLDER.resolve("values.schema.json"));
    JsonNode values = Chart.yaml(Chart.FOLDER.resolve("values.yaml"));
    List<String> sections =
        schema.path("properties").propertyStream().map(p -> p.getKey()).toList();
    List<String> ofAnyService =
        schema.at("/$defs/service").propertyStream().map(p -> p.getKey()).toList();

    assertThat(sections).filteredOn(name -> !name.equals("global")).allMatch(values::has);
    assertThat(ofAnyService).allMatch(values.path("defaults")::has);
  }

  @Test
  void readmeNamesEveryRequiredValue() throws IOException {
    String readme = Files.readString(Chart.FOLDER.resolve("README.md"));
    assertThat(readme)
        .contains(
            "database.host",
            "redis.addresses",
            "oidc.issuer",
            "mtls.certManager.issuerRef.name",
            "services.NAME.database.existingSecret",
            "services.seed.keyEncryption.existingSecret",
            "services.seed.rootPublicKey",
            "services.verify.digestKey.name",
            "services.notify.keyEncryption.existingSecret",
            "services.notify.smpp.host");
  }

  private static void merge(ObjectNode into, JsonNode from) {
    from.propertyStream()
        .forEach(property -> {
          JsonNode present = into.get(property.getKey());
          if (present instanceof ObjectNode object && property.getValue().isObject()) {
            merge(object, property.getValue());
          } else {
            into.set(property.getKey(), property.getValue());
          }
        });
  }

  private static void collectUnknown(
      String path, JsonNode values, JsonNode schema, JsonNode root, Set<String> unknown) {
    JsonNode resolved =
        schema.has("$ref") ? root.at(schema.get("$ref").asText().substring(1)) : schema;
    if (!values.isObject() || !resolved.has("properties")) {
      return;
    }
    values
        .propertyStream()
        .forEach(property -> {
          String name = path + "/" + property.getKey();
          JsonNode next = resolved.path("properties").path(property.getKey());
          if (next.isMissingNode()) {
            unknown.add(name);
          }
          collectUnknown(name, property.getValue(), next, root, unknown);
        });
  }
}
