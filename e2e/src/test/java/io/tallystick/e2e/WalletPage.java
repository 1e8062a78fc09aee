package io.tallystick.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tallystick.sandbox.base.DevCa;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A wallet that is a page, which makes passkeys and answers with them as notify-service's README
/// shows, and another page that has it in a frame. Which origin they are of is for the browser to
/// say: every name and port leads here.
final class WalletPage implements AutoCloseable {
  static final String WALLET = "/wallet";
  static final String FRAMED = "/framed";

  private static final String WALLET_HTML =
      """
      <!doctype html>
      <title>Wallet</title>
      <script>
      async function attempt(ceremony) {
        try {
          return JSON.stringify({credential: (await ceremony()).toJSON()});
        } catch (error) {
          return JSON.stringify({error: error.name, message: error.message});
        }
      }
      function register(json) {
        const options = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(json));
        return attempt(() => navigator.credentials.create({publicKey: options}));
      }
      function answer(json) {
        const options = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(json));
        return attempt(() => navigator.credentials.get({publicKey: options}));
      }
      </script>
      """;
  private static final String FRAMED_HTML =
      """
      <!doctype html>
      <title>You have won</title>
      <iframe src="%s" allow="publickey-credentials-get *"></iframe>
      """;

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Certificate certificate;
  private final String walletOrigin;

  /// @param ca whose certificate the pages are served with
  /// @param walletOrigin of the wallet that the other page has in its frame
  WalletPage(DevCa ca, String walletOrigin) throws IOException, GeneralSecurityException {
    DevCa.Credentials credentials = ca.service("wallet-page");
    this.walletOrigin = walletOrigin;
    certificate = certificate(credentials.certificate());
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(credentials.serverContext()));
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// SHA-256 of the certificate's SubjectPublicKeyInfo, base64: what Chromium calls its key.
  String keyDigest() throws GeneralSecurityException {
    byte[] key = certificate.getPublicKey().getEncoded();
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case WALLET -> send(exchange, WALLET_HTML);
        case FRAMED -> send(exchange, FRAMED_HTML.formatted(walletOrigin + WALLET));
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static void send(HttpExchange exchange, String html) throws IOException {
    byte[] body = html.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private static Certificate certificate(Path pem) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
