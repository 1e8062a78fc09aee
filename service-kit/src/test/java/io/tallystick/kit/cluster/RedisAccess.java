package io.tallystick.kit.cluster;

import io.tallystick.sandbox.base.DevCa;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// How the Redis processes of a test are reached: by TLS alone, with a password, as the chart has
/// it unless told otherwise. The certificate is for localhost and 127.0.0.1 to .4, and the
/// processes listen on [#OTHER_ADDRESS] too, which isn't in it.
public final class RedisAccess {
  public static final String PASSWORD = "all-of-them";

  /// An address whose name is not in the certificate.
  public static final String OTHER_ADDRESS = "127.0.0.5";

  private static final int LIMIT_MILLIS = 3_000;

  private final DevCa ca;
  private final DevCa.Credentials server;

  public RedisAccess(DevCa ca) {
    this.ca = ca;
    this.server = ca.service("redis");
  }

  /// Lines of a configuration file, for a server or a sentinel.
  List<String> settings(int port) {
    return List.of(
        "port 0",
        "tls-port " + port,
        "bind 127.0.0.1 " + OTHER_ADDRESS,
        "tls-cert-file " + server.certificate(),
        "tls-key-file " + server.key(),
        "tls-ca-cert-file " + ca.certificateFile(),
        "tls-auth-clients no",
        "tls-replication yes",
        "requirepass " + PASSWORD);
  }

  static String url(int port) {
    return "rediss://127.0.0.1:" + port;
  }

  /// A connection, encrypted, on which nothing has been said.
  Socket connect(int port) throws IOException {
    Socket plain = new Socket();
    try {
      plain.setSoTimeout(LIMIT_MILLIS);
      plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
      return context().getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private SSLContext context() throws IOException {
    try (InputStream file = new FileInputStream(ca.trustStoreFile().toFile())) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(file, DevCa.TRUST_STORE_PASSWORD.toCharArray());
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
