package io.tallystick.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A merchant's server that keeps what it is told (Standard Webhooks).
final class WebhookReceiver implements AutoCloseable {
  private final HttpServer server;
  private final List<Told> told = new CopyOnWriteArrayList<>();

  /// A delivery.
  ///
  /// @param content `id.timestamp.body`, which is what is signed
  /// @param signatures of it, separated by spaces
  record Told(String content, String signatures) {
    boolean isSignedBy(String secret) {
      return List.of(signatures.split(" ")).contains(signature(secret));
    }

    boolean isSignedTwice() {
      return signatures.contains(" ");
    }

    private String signature(String secret) {
      try {
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] code = mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(code);
      } catch (GeneralSecurityException e) {
        throw new AssertionError("every JDK has HMAC-SHA256", e);
      }
    }
  }

  WebhookReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", this::receive);
    server.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String id = exchange.getRequestHeaders().getFirst("webhook-id");
      String time = exchange.getRequestHeaders().getFirst("webhook-timestamp");
      String signatures = exchange.getRequestHeaders().getFirst("webhook-signature");
      told.add(new Told(id + "." + time + "." + body, signatures));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  List<Told> told() {
    return List.copyOf(told);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
