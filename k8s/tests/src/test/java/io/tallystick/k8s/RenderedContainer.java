package io.tallystick.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The one container of a rendered workload as a process on this machine: its environment, its
/// mounted files, its command. What differs from the cluster is where `/etc/tallystick` and `/tmp`
/// are.
final class RenderedContainer {
  private static final String MOUNTED = "/etc/tallystick";

  private final Manifest workload;
  private final List<Manifest> all;
  private final Map<String, Map<String, String>> secrets;
  private final Path folder;

  /// @param secrets what the cluster has beside the chart, by name and key: Secrets and ConfigMaps
  RenderedContainer(
      Manifest workload,
      List<Manifest> all,
      Map<String, Map<String, String>> secrets,
      Path folder) {
    this.workload = workload;
    this.all = all;
    this.secrets = secrets;
    this.folder = folder;
  }

  /// Starts it with nothing in its environment but what the chart gives.
  Process start(Path jar, Path log) throws IOException {
    mountVolumes();
    Map<String, String> environment = environment();
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    environment.merge(
        "JAVA_TOOL_OPTIONS",
        "-XX:TieredStopAtLevel=1 -Xmx384m -Djava.io.tmpdir=" + temporary,
        (given, more) -> given + " " + more);
    ProcessBuilder process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-jar",
                jar.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    process.environment().clear();
    process.environment().putAll(environment);
    return process.start();
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    for (JsonNode variable : container().path("env")) {
      environment.put(variable.path("name").asText(), value(variable));
    }
    return environment;
  }

  private String value(JsonNode variable) {
    JsonNode from = variable.path("valueFrom");
    if (from.has("secretKeyRef")) {
      return entry(from.at("/secretKeyRef/name").asText(), from.at("/secretKeyRef/key").asText());
    }
    if (from.has("fieldRef")) {
      return workload.name() + "-0";
    }
    return here(variable.path("value").asText());
  }

  private void mountVolumes() throws IOException {
    for (JsonNode mount : container().path("volumeMounts")) {
      JsonNode volume = volume(mount.path("name").asText());
      String path = mount.path("mountPath").asText();
      if (path.startsWith(MOUNTED)) {
        write(Path.of(here(path)), volume);
      }
    }
  }

  private void write(Path target, JsonNode volume) throws IOException {
    Files.createDirectories(target);
    JsonNode source = volume.has("secret") ? volume.path("secret") : volume.path("configMap");
    String name = source.path("secretName").asText(source.path("name").asText());
    Map<String, String> items = new TreeMap<>();
    if (source.has("items")) {
      source.path("items").forEach(i -> items.put(i.path("key").asText(), i.path("path").asText()));
    } else {
      entries(name).keySet().forEach(key -> items.put(key, key));
    }
    for (Map.Entry<String, String> item : items.entrySet()) {
      Files.writeString(target.resolve(item.getValue()), here(entry(name, item.getKey())));
    }
  }

  private String entry(String name, String key) {
    String value = entries(name).get(key);
    if (value == null) {
      throw new AssertionError(workload + " wants " + key + " of " + name + ", which is not there");
    }
    return value;
  }

  /// A ConfigMap of the chart, or what the cluster has beside it.
  private Map<String, String> entries(String name) {
    Map<String, String> entries = new TreeMap<>(secrets.getOrDefault(name, Map.of()));
    for (Manifest configMap : Manifest.ofKind(all, "ConfigMap")) {
      if (configMap.name().equals(name)) {
        configMap
            .at("/data")
            .propertyStream()
            .forEach(e -> entries.put(e.getKey(), e.getValue().asText()));
      }
    }
    return entries;
  }

  private JsonNode volume(String name) {
    return workload
        .podSpec()
        .path("volumes")
        .valueStream()
        .filter(volume -> volume.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(workload + " has no volume " + name));
  }

  private JsonNode container() {
    return workload.containers().findFirst().orElseThrow();
  }

  private String here(String text) {
    String there = folder.resolve("etc").toString();
    // In a JDBC URL as well.
    return text.replace(MOUNTED, there)
        .replace(URLEncoder.encode(MOUNTED, UTF_8), URLEncoder.encode(there, UTF_8));
  }
}
