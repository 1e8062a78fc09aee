package io.tallystick.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftBehindIT {
  @TempDir Path folder;

  @Test
  void endsNotedProcessOnly() throws Exception {
    Process noted = new ProcessBuilder("sleep", "600").start();
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      new LeftBehind(folder).note(List.of(noted.toHandle()));
      assertThat(new LeftBehind(folder).end()).isEqualTo(1);
      assertThat(noted.waitFor()).isNotZero();
      assertThat(other.isAlive()).isTrue();
      assertThat(new LeftBehind(folder).end()).isZero();
    } finally {
      noted.destroyForcibly();
      other.destroyForcibly();
    }
  }

  @Test
  void leavesProcessThatGotTheSameIdLater() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(folder.resolve("processes"), process.pid() + " 12345\nnonsense\n1 x\n");
      assertThat(new LeftBehind(folder).end()).isZero();
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }
}
