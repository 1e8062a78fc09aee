package io.tallystick.kit.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.kit.grpc.TlsConfig;
import io.tallystick.sandbox.base.DevCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadSignerTest {
  @TempDir Path folder;

  @Test
  void signsWithTheServicesKey() {
    DevCa ca = DevCa.open(folder);
    DevCa.Credentials own = ca.service("risk");
    HeadSigner signer =
        new HeadSigner(new Credentials(own.certificate(), own.key(), ca.certificateFile()), "risk");

    assertThat(signer.genuine(signer.sign("diary", 1, new byte[32], now()))).isTrue();
  }

  @Test
  void signsNothingWhileCertificateAndKeyAreReplaced() throws IOException {
    DevCa ca = DevCa.open(folder);
    Path old = folder.resolve("old.pem");
    Files.copy(ca.service("risk").certificate(), old, StandardCopyOption.REPLACE_EXISTING);
    DevCa.Credentials fresh = ca.service("risk");
    HeadSigner signer =
        new HeadSigner(new Credentials(old, fresh.key(), ca.certificateFile()), "risk");

    assertThatThrownBy(() -> signer.sign("diary", 1, new byte[32], now()))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private record Credentials(Path certificate, Path key, Path ca) implements TlsConfig {
    @Override
    public Duration reload() {
      return Duration.ofMinutes(1);
    }
  }
}
