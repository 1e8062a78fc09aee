package io.tallystick.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmOptionsTest {
  private static final List<String> OPTIONS = List.of("-Xmx64m");

  @TempDir private Path checkout;

  @BeforeEach
  void build() throws IOException {
    Path jar = ServiceName.RISK.jar(checkout);
    Files.createDirectories(jar.getParent());
    Files.createFile(jar);
  }

  @Test
  void startsFromTheClassDataBesideTheBuildOutput() throws IOException {
    List<String> command =
        JvmOptions.sandbox(OPTIONS).command(checkout, ServiceName.RISK, List.of("-Da=b"));
    assertThat(command.subList(1, command.size()))
        .containsExactly(
            "-Xmx64m",
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + checkout.resolve("risk-service/target/start.jsa"),
            "-Da=b",
            "-jar",
            ServiceName.RISK.jar(checkout).toString());
  }

  @Test
  void trainsAndThenUsesTheSameCache() throws IOException {
    JvmOptions plain = new JvmOptions(OPTIONS, StartArchive.NONE);
    Path cache = checkout.resolve("risk-service.aot");
    assertThat(command(plain)).noneMatch(option -> option.startsWith("-XX"));
    assertThat(command(plain.with(new StartArchive.AotTraining(checkout))))
        .contains("-XX:AOTCacheOutput=" + cache);
    JvmOptions cached = plain.with(new StartArchive.AotCaches(checkout));
    assertThat(command(cached)).contains("-XX:AOTCache=" + cache);
    assertThat(cached.kind()).isEqualTo(ServiceRuntime.Kind.JVM_WITH_AOT_CACHE);
  }

  @Test
  void givesAJvmTimeToWriteWhatItKeeps() {
    JvmOptions plain = new JvmOptions(OPTIONS, StartArchive.NONE);
    assertThat(JvmOptions.sandbox(OPTIONS).stopLimit()).isGreaterThan(plain.stopLimit());
  }

  @Test
  void saysWhatIsNotBuilt() {
    assertThatThrownBy(
            () -> JvmOptions.sandbox(OPTIONS).command(checkout, ServiceName.SEED, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("is missing; build first");
  }

  private List<String> command(JvmOptions options) throws IOException {
    return options.command(checkout, ServiceName.RISK, List.of());
  }
}
