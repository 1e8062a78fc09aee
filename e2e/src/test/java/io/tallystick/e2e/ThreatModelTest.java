package io.tallystick.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The threat model names, for each threat, tests that exist.
class ThreatModelTest {
  private static final Path CHECKOUT = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

  @Test
  void everyThreatNamesTestsThatExist() throws IOException {
    Map<String, String> sources = testSources();
    List<String> faults = new ArrayList<>();
    int threats = 0;
    for (String row : Files.readAllLines(CHECKOUT.resolve("docs/security/threat-model.md"))) {
      if (!row.startsWith("| ") || row.startsWith("| threat |")) {
        continue;
      }
      threats++;
      List<MatchResult> named = NAMED.matcher(row).results().toList();
      if (named.isEmpty()) {
        faults.add("no test: " + row);
      }
      for (MatchResult test : named) {
        String source = sources.getOrDefault(test.group(1), "");
        if (!source.contains(" void " + test.group(2) + "(")) {
          faults.add("no such test: " + test.group());
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(threats).isGreaterThan(50);
  }

  private static Map<String, String> testSources() throws IOException {
    try (Stream<Path> files = Files.walk(CHECKOUT)) {
      return files
          .filter(file -> file.toString().contains("/src/test/java/"))
          .filter(file -> file.getFileName().toString().matches("\\w+(Test|IT)\\.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  ThreatModelTest::read,
                  String::concat));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
