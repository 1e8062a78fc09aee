package io.tallystick.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The real {@code buf} over the real files; skipped where it is not installed. */
class BufLintTest {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void protoFilesPassBufLint() throws IOException, InterruptedException {
    Optional<Path> buf = findBuf();
    assumeTrue(
        buf.isPresent(),
        "buf is not on the path (npm install --prefix .tally/tools @bufbuild/buf)");
    Process process =
        new ProcessBuilder(buf.orElseThrow().toString(), "lint")
            .directory(CHECKOUT.resolve("api").toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static Optional<Path> findBuf() {
    Stream<Path> onPath =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "buf"));
    return Stream.concat(Stream.of(CHECKOUT.resolve(".tally/tools/node_modules/.bin/buf")), onPath)
        .filter(Files::isExecutable)
        .findFirst();
  }
}
