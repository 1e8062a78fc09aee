package io.tallystick.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/// One object that the chart renders.
record Manifest(JsonNode document) {
  String kind() {
    return document.path("kind").asText();
  }

  String apiVersion() {
    return document.path("apiVersion").asText();
  }

  String name() {
    return document.at("/metadata/name").asText();
  }

  /// `seed`, `verify`, …; empty for what belongs to no service.
  String component() {
    return document.at("/metadata/labels/app.kubernetes.io~1component").asText();
  }

  JsonNode at(String pointer) {
    return document.at(pointer);
  }

  boolean isWorkload() {
    return kind().equals("Deployment") || kind().equals("Job") || kind().equals("Pod");
  }

  /// The pod that a workload makes.
  JsonNode podSpec() {
    return kind().equals("Pod") ? document.path("spec") : document.at("/spec/template/spec");
  }

  JsonNode podLabels() {
    return kind().equals("Pod")
        ? document.at("/metadata/labels")
        : document.at("/spec/template/metadata/labels");
  }

  Stream<JsonNode> containers() {
    JsonNode pod = podSpec();
    return Stream.of("initContainers", "containers")
        .flatMap(field -> pod.path(field).valueStream());
  }

  /// The properties file of a service's ConfigMap.
  Properties properties() {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(at("/data/application.properties").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  static Manifest one(List<Manifest> all, String kind, String name) {
    List<Manifest> found =
        all.stream().filter(m -> m.kind().equals(kind) && m.name().equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " objects are " + kind + " " + name);
    }
    return found.getFirst();
  }

  static List<Manifest> ofKind(List<Manifest> all, String kind) {
    return all.stream().filter(m -> m.kind().equals(kind)).toList();
  }

  /// A path in a document, empty when it is not there.
  static JsonNode under(JsonNode node, String... fields) {
    JsonNode current = node;
    for (String field : fields) {
      current = current == null ? MissingNode.getInstance() : current.path(field);
    }
    return current;
  }

  @Override
  public String toString() {
    return kind() + " " + name();
  }
}
