package io.tallystick.sandbox.cli.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reads the card with a reader that shares no code with the writer: zbarimg of Debian's
/// zbar-tools.
class ZbarIT {
  @TempDir Path folder;

  @Test
  void zbarReadsBarcodeAndQrCodeOfTheCard() throws IOException, InterruptedException {
    assumeTrue(present(), "zbarimg is not installed (Debian package zbar-tools): not compared");
    Random random = new Random(20260104);
    for (int i = 0; i < 5; i++) {
      String digits = CodeCardTest.digits(random);
      Path file = folder.resolve("code-" + i + ".png");
      Files.write(file, CodeCard.png(digits));

      Process zbar = new ProcessBuilder("zbarimg", "-q", file.toString()).start();
      String out = new String(zbar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(zbar.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(out.lines()).containsExactlyInAnyOrder("CODE-128:" + digits, "QR-Code:" + digits);
    }
  }

  private static boolean present() throws InterruptedException {
    try {
      Process version = new ProcessBuilder("zbarimg", "--version").start();
      return version.waitFor(10, TimeUnit.SECONDS) && version.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
