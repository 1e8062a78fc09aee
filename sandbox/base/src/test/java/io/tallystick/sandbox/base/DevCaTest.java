package io.tallystick.sandbox.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevCaTest {
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  @TempDir Path folder;

  @Test
  void leafVerifiesAgainstTheAuthority() throws Exception {
    DevCa ca = DevCa.open(folder);
    validate(read(ca.service("verify")), ca.certificate());
    validate(read(ca.terminal("m1", "t1")), ca.certificate());
    validate(read(ca.operator("ann")), ca.certificate());
  }

  @Test
  void leafOfAnotherAuthorityDoesNotVerify() {
    DevCa ca = DevCa.open(folder.resolve("one"));
    DevCa other = DevCa.open(folder.resolve("other"));
    assertThatThrownBy(() -> validate(read(other.service("verify")), ca.certificate()))
        .isInstanceOf(CertPathValidatorException.class);
  }

  @Test
  void serviceIsServerAndClientTerminalIsClientOnly() throws Exception {
    DevCa ca = DevCa.open(folder);
    X509Certificate service = read(ca.service("verify"));
    assertThat(service.getExtendedKeyUsage()).containsExactlyInAnyOrder(SERVER_AUTH, CLIENT_AUTH);
    assertThat(service.getSubjectAlternativeNames().toString())
        .contains("spiffe://tallystick.io/service/verify", "localhost", "127.0.0.1");
    X509Certificate terminal = read(ca.terminal("m1", "t1"));
    assertThat(terminal.getExtendedKeyUsage()).containsExactly(CLIENT_AUTH);
    assertThat(terminal.getBasicConstraints()).isEqualTo(-1);
    assertThat(terminal.getSubjectAlternativeNames()).hasSize(1);
  }

  @Test
  void folderKeepsTheAuthority() {
    X509Certificate first = DevCa.open(folder).certificate();
    assertThat(DevCa.open(folder).certificate()).isEqualTo(first);
  }

  @Test
  void trustStoreHoldsTheAuthority() throws Exception {
    DevCa ca = DevCa.open(folder);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(ca.trustStoreFile())) {
      store.load(in, DevCa.TRUST_STORE_PASSWORD.toCharArray());
    }
    assertThat(store.getCertificate("tallystick-ca")).isEqualTo(ca.certificate());
  }

  @Test
  void keysAreReadableByTheirOwnerOnly() throws IOException {
    DevCa ca = DevCa.open(folder);
    for (Path key : List.of(ca.service("verify").key(), folder.resolve("ca.key"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void refusesNamesThatAreNoFileNames() {
    DevCa ca = DevCa.open(folder);
    assertThatThrownBy(() -> ca.service("../verify")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void opensslVerifiesToo() throws Exception {
    assumeTrue(hasOpenssl(), "openssl is not on the path");
    DevCa ca = DevCa.open(folder);
    Path leaf = ca.service("verify").certificate();
    Process process =
        new ProcessBuilder(
                "openssl",
                "verify",
                "-x509_strict",
                "-purpose",
                "sslserver",
                "-verify_hostname",
                "localhost",
                "-CAfile",
                ca.certificateFile().toString(),
                leaf.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(output).endsWith(": OK\n");
    assertThat(process.exitValue()).isZero();
  }

  private static boolean hasOpenssl() throws InterruptedException {
    try {
      Process process = new ProcessBuilder("openssl", "version").start();
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static X509Certificate read(DevCa.Credentials credentials) throws Exception {
    return PemFiles.readCertificate(credentials.certificate());
  }

  private static void validate(X509Certificate leaf, X509Certificate ca) throws Exception {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
  }
}
