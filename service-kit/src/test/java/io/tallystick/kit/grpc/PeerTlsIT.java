package io.tallystick.kit.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.kit.Eventually;
import io.tallystick.sandbox.base.DevCa;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerTlsIT {
  @TempDir Path folder;

  @Test
  void takesUpACertificateThatWasReplaced() throws Exception {
    DevCa ca = DevCa.open(folder);
    DevCa.Credentials first = ca.service("verify");
    try (PeerTls tls = new PeerTls(files(ca, first))) {
      BigInteger serial = serial(tls);
      ca.service("verify");
      Eventually.isTrue(() -> !serial(tls).equals(serial));
    }
  }

  @Test
  void keepsItsCertificateWhileTheFilesDoNotBelongTogether() throws Exception {
    DevCa ca = DevCa.open(folder);
    DevCa.Credentials first = ca.service("verify");
    DevCa.Credentials other = ca.service("seed");
    try (PeerTls tls = new PeerTls(files(ca, first))) {
      BigInteger serial = serial(tls);
      Files.copy(other.key(), first.key(), StandardCopyOption.REPLACE_EXISTING);
      tls.reload();
      assertThat(serial(tls)).isEqualTo(serial);
      Files.copy(other.certificate(), first.certificate(), StandardCopyOption.REPLACE_EXISTING);
      Eventually.isTrue(() -> !serial(tls).equals(serial));
    }
  }

  @Test
  void namesTheFileThatIsNotUsable() {
    DevCa ca = DevCa.open(folder);
    DevCa.Credentials missing =
        new DevCa.Credentials(folder.resolve("none.pem"), folder.resolve("none.key"), "");
    assertThatThrownBy(() -> new PeerTls(files(ca, missing)).close())
        .hasMessageContaining("none.pem");
  }

  private static BigInteger serial(PeerTls tls) {
    String alias = tls.keyManager().chooseClientAlias(new String[] {"EC"}, null, null);
    return tls.keyManager().getCertificateChain(alias)[0].getSerialNumber();
  }

  private static TlsConfig files(DevCa ca, DevCa.Credentials credentials) {
    return new TlsFiles(
        credentials.certificate(), credentials.key(), ca.certificateFile(), Duration.ofMillis(100));
  }

  private record TlsFiles(Path certificate, Path key, Path ca, Duration reload)
      implements TlsConfig {}
}
