package io.tallystick.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The chart, rendered by Helm.
final class Chart {
  static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
  static final Path FOLDER = REPOSITORY.resolve("k8s/tallystick");
  static final String RELEASE = "pay";
  static final String NAMESPACE = "payments";

  /// The oldest that the chart supports.
  static final String OLDEST_KUBERNETES = "1.30.0";

  static final List<String> SERVICES = List.of("seed", "verify", "clearing", "risk", "notify");

  /// Helm prints everything but hooks, so here what is one is an object like the others.
  private static final Path WITHOUT_HOOKS = copyWithoutHooks();

  static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static final Map<Environment, List<Manifest>> RENDERED = new ConcurrentHashMap<>();

  private Chart() {}

  /// The values files of `k8s/ci`.
  enum Environment {
    DEV,
    PRODUCTION,
    AIR_GAPPED;

    Path valuesFile() {
      String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
      return REPOSITORY.resolve("k8s/ci/" + name + "-values.yaml");
    }
  }

  /// Everything that an installation with these values would send to the cluster.
  static List<Manifest> render(Environment environment) {
    return RENDERED.computeIfAbsent(environment, which -> render(which, Map.of()));
  }

  /// The same with some values changed, as by `--set`.
  ///
  /// @throws IllegalStateException when Helm refuses, with what it says
  static List<Manifest> render(Environment environment, Map<String, Object> changes) {
    TemplateCommand template =
        new Helm(WITHOUT_HOOKS)
            .template()
            .withName(RELEASE)
            .withNamespace(NAMESPACE)
            .withKubeVersion(OLDEST_KUBERNETES)
            .withValuesFile(environment.valuesFile());
    changes.forEach(template::set);
    return parse(template.call());
  }

  static void copy(Path target) throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.toList()) {
        Path copied = target.resolve(FOLDER.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copied);
        } else {
          Files.copy(file, copied, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static Path copyWithoutHooks() {
    try {
      Path copy = Files.createDirectories(Path.of("target")).toAbsolutePath().resolve("chart");
      copy(copy);
      Path test = copy.resolve("templates/tests/ready.yaml");
      Files.writeString(
          test, Files.readString(test).replaceAll("(?m)^    helm\\.sh/hook.*\\R", ""));
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Manifest> parse(String yaml) {
    List<Manifest> manifests = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        if (document != null && document.isObject()) {
          manifests.add(new Manifest(document));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the chart rendered no YAML", e);
    }
    return List.copyOf(manifests);
  }

  static JsonNode yaml(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
