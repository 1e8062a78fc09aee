package io.tallystick.sdk.terminal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.sandbox.base.DevCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalCertificateIT {
  @TempDir Path folder;

  @Test
  void isDueAfterTwoThirdsOfItsLife() throws IOException {
    DevCa.Credentials issued = DevCa.open(folder).terminal("shop", "T1");
    TerminalCertificate certificate = open(issued);
    assertThat(certificate.isRenewalDue(Instant.now())).isFalse();
    assertThat(certificate.isRenewalDue(certificate.renewAfter())).isTrue();
    Duration left = Duration.between(certificate.renewAfter(), certificate.expiresAt());
    assertThat(left).isBetween(Duration.ofDays(132), Duration.ofDays(133));
  }

  @Test
  void takesUpANewCertificateOfTheSameTerminal() throws IOException {
    Clock earlier = Clock.fixed(Instant.now().minus(Duration.ofDays(300)), ZoneOffset.UTC);
    TerminalCertificate certificate = open(DevCa.open(folder, earlier).terminal("shop", "T1"));
    assertThat(certificate.isRenewalDue(Instant.now())).isTrue();
    DevCa.open(folder).terminal("shop", "T1");
    certificate.reload();
    assertThat(certificate.isRenewalDue(Instant.now())).isFalse();
  }

  @Test
  void refusesAnotherTerminalsAnotherKeyAndOneThatHasEnded() throws IOException {
    DevCa ca = DevCa.open(folder);
    DevCa.Credentials mine = ca.terminal("shop", "T1");
    DevCa.Credentials others = ca.terminal("shop", "T2");
    TerminalCertificate certificate = open(mine);
    Instant ends = certificate.expiresAt();

    copy(others.key(), mine.key());
    assertThatThrownBy(certificate::reload).hasMessageContaining("is not the key of");
    copy(others.certificate(), mine.certificate());
    assertThatThrownBy(certificate::reload).hasMessageContaining("another terminal's");
    Clock longAgo = Clock.fixed(Instant.now().minus(Duration.ofDays(800)), ZoneOffset.UTC);
    DevCa.open(folder, longAgo).terminal("shop", "T1");
    assertThatThrownBy(certificate::reload).isInstanceOf(IOException.class);
    assertThat(certificate.expiresAt()).isEqualTo(ends);
    assertThat(certificate.toString()).doesNotContain("PRIVATE");
  }

  private static TerminalCertificate open(DevCa.Credentials credentials) throws IOException {
    return TerminalCertificate.open(credentials.certificate(), credentials.key());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }
}
