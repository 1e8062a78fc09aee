package io.tallystick.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What container files must be for the chart's pods to run them; building them needs an engine.
class ImagesTest {
  private static final Path CHECKOUT = Chart.REPOSITORY;
  private static final Path IMAGES = CHECKOUT.resolve("k8s/images");
  private static final Pattern SCRIPT =
      Pattern.compile("(?:COPY |RUN |/src/| )(k8s/images/[a-z-]+) ");

  @ParameterizedTest
  @ValueSource(strings = {"Containerfile", "Containerfile.native"})
  void runsAsTheChartsUserWithoutAShell(String name) throws IOException {
    List<String> last = lastStage(name);
    assertThat(last.getFirst()).isEqualTo("FROM ${RUNTIME}");
    assertThat(last)
        .contains("USER 65532:65532", "EXPOSE 8443 9443")
        .anyMatch(line -> line.startsWith("ENTRYPOINT [\"/opt/tallystick/"))
        .noneMatch(line -> line.startsWith("RUN ") || line.startsWith("ADD "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Containerfile", "Containerfile.native"})
  void namesNoRegistryAndNoMovingTag(String name) throws IOException {
    assertThat(lines(name).stream().filter(line -> !line.startsWith("#")))
        .noneMatch(line -> line.contains(":latest"))
        .noneMatch(line -> line.matches(".*\\b[a-z0-9-]+\\.(io|com|dev|org)/.*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Containerfile", "Containerfile.native"})
  void whatItRunsOfTheCheckoutIsThere(String name) throws IOException {
    List<Path> scripts =
        SCRIPT
            .matcher(Files.readString(IMAGES.resolve(name)))
            .results()
            .map(MatchResult::group)
            .map(found -> CHECKOUT.resolve(found.substring(found.indexOf("k8s/")).strip()))
            .toList();
    assertThat(scripts).isNotEmpty().allMatch(Files::isExecutable);
  }

  private static List<String> lastStage(String name) throws IOException {
    List<String> lines = lines(name);
    int from = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("FROM ")) {
        from = i;
      }
    }
    return lines.subList(from, lines.size());
  }

  private static List<String> lines(String name) throws IOException {
    return Files.readAllLines(IMAGES.resolve(name));
  }
}
