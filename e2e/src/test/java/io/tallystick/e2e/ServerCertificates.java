package io.tallystick.e2e;

import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.platform.PlatformTls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLSocket;

/// The certificates of services, in their files and as a caller meets them.
final class ServerCertificates {
  private ServerCertificates() {}

  /// Puts a new certificate and key in place of a service's; returns the certificate.
  static Certificate replace(String service) throws IOException, GeneralSecurityException {
    DevCa.Credentials credentials = RunningPlatform.get().ca().service(service);
    try (InputStream pem = Files.newInputStream(credentials.certificate())) {
      return CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }
  }

  /// What the server at `host:port` presents to a connection that is made now.
  static Certificate presentedAt(String address) {
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon);
    int port = Integer.parseInt(address.substring(colon + 1));
    try (SSLSocket socket =
        (SSLSocket)
            PlatformTls.trusting(RunningPlatform.get().description().caFile())
                .getSocketFactory()
                .createSocket(host, port)) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    } catch (IOException e) {
      throw new AssertionError("no TLS at " + address, e);
    }
  }
}
