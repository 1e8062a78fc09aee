package io.tallystick.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeExecutablesTest {
  private final NativeExecutables runtime = new NativeExecutables(List.of("-Xmx64m"));

  @TempDir private Path checkout;

  @Test
  void startsTheExecutableThatWasBuilt() throws IOException {
    Path executable = build("tallystick-risk-service-1.0-runner");
    assertThat(runtime.command(checkout, ServiceName.RISK, List.of("-Da=b")))
        .containsExactly(executable.toString(), "-Xmx64m", "-Da=b");
  }

  @Test
  void saysHowToBuildWhatIsMissing() throws IOException {
    build("tallystick-risk-service-1.0-runner.jar");
    assertThatThrownBy(() -> runtime.command(checkout, ServiceName.RISK, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("risk-service has not been built as a native executable: ./tally native");
  }

  @Test
  void doesNotGuessWhichOfTwoIsMeant() throws IOException {
    build("tallystick-risk-service-1.0-runner");
    build("tallystick-risk-service-1.1-runner");
    assertThatThrownBy(() -> runtime.command(checkout, ServiceName.RISK, List.of()))
        .hasMessageContaining("has been built more than once");
  }

  private Path build(String name) throws IOException {
    Path target = Files.createDirectories(checkout.resolve("risk-service/target"));
    return Files.createFile(target.resolve(name));
  }
}
