package io.tallystick.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code buf} over the real files; skipped where it is not installed. */
class BufTest {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final Path API = CHECKOUT.resolve("api");
  private static final Path PROTOS = Path.of("src/main/proto");
  private static final String BASELINE = API.resolve("baseline/api.binpb").toString();

  private String buf = "";

  private record Outcome(int status, String output) {}

  @BeforeEach
  void findBuf() {
    Stream<Path> onPath =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "buf"));
    Optional<Path> found =
        Stream.concat(Stream.of(CHECKOUT.resolve(".tally/tools/node_modules/.bin/buf")), onPath)
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(
        found.isPresent(),
        "buf is not on the path (npm install --prefix .tally/tools @bufbuild/buf)");
    buf = found.orElseThrow().toString();
  }

  @Test
  void protoFilesPassBufLint() throws Exception {
    Outcome outcome = run(API, "lint");
    assertThat(outcome.status()).as(outcome.output()).isZero();
  }

  @Test
  void protoFilesAreCompatibleWithTheBaseline() throws Exception {
    Outcome outcome = run(API, "breaking", "--against", BASELINE);
    assertThat(outcome.status()).as(outcome.output()).isZero();
  }

  /** The comparison above is worth something: it notices one field of one message. */
  @Test
  void removedFieldIsNoticed(@TempDir Path changed) throws Exception {
    copy(API.resolve(PROTOS), changed.resolve(PROTOS));
    Files.copy(API.resolve("buf.yaml"), changed.resolve("buf.yaml"));
    Path verify = changed.resolve(PROTOS).resolve("tallystick/verify/v1/verify.proto");
    List<String> lines = Files.readAllLines(verify);
    assertThat(lines.remove("  string order_id = 1;")).as("there was such a field").isTrue();
    Files.write(verify, lines);

    Outcome outcome = run(changed, "breaking", "--against", BASELINE);

    assertThat(outcome.status()).as(outcome.output()).isNotZero();
    assertThat(outcome.output()).contains("\"order_id\"").contains("was deleted");
  }

  private Outcome run(Path folder, String... arguments) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(Stream.concat(Stream.of(buf), Arrays.stream(arguments)).toList())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }
}
