package io.tallystick.sandbox.story;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Where the merchants of the story are told what happened: checks the signature of every delivery
/// as Standard Webhooks says, and keeps what is genuine.
final class WebhookDesk implements AutoCloseable {
  private static final Duration NEWS_LIMIT = Duration.ofSeconds(20);
  private static final int MAX_BODY_BYTES = 64 * 1024;

  private final HttpServer server;
  private final Map<String, byte[]> secrets = new ConcurrentHashMap<>();
  private final List<JsonObject> told = new CopyOnWriteArrayList<>();

  private WebhookDesk(HttpServer server) {
    this.server = server;
  }

  static WebhookDesk open() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    WebhookDesk desk = new WebhookDesk(server);
    server.createContext("/", desk::take);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return desk;
  }

  /// Registers this desk for a shop.
  void serve(Shop shop) {
    String path = "/" + shop.merchantId();
    String secret = shop.tellAt("http://127.0.0.1:" + server.getAddress().getPort() + path);
    secrets.put(path, Base64.getDecoder().decode(secret.substring("whsec_".length())));
  }

  /// Waits until a merchant was told of a payment in this state.
  JsonObject told(String paymentId, String state) throws Exception {
    return Waiting.until(
        "the merchant being told that " + paymentId + " is " + state,
        NEWS_LIMIT,
        () ->
            told.stream()
                .filter(message -> text(message, "paymentId").equals(paymentId))
                .filter(message -> text(message, "state").equals(state))
                .findFirst());
  }

  private static String text(JsonObject message, String member) {
    JsonObject data = message.getAsJsonObject("data");
    return data.has(member) ? data.get(member).getAsString() : "";
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES);
      byte[] secret = secrets.get(exchange.getRequestURI().getPath());
      if (secret == null || !genuine(exchange, secret, body)) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      told.add(JsonParser.parseString(new String(body, StandardCharsets.UTF_8)).getAsJsonObject());
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private static boolean genuine(HttpExchange exchange, byte[] secret, byte[] body) {
    String id = header(exchange, "webhook-id");
    String timestamp = header(exchange, "webhook-timestamp");
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      byte[] expected = mac.doFinal(body);
      return Arrays.stream(header(exchange, "webhook-signature").split(" "))
          .filter(signature -> signature.startsWith("v1,"))
          .map(signature -> Base64.getDecoder().decode(signature.substring("v1,".length())))
          .anyMatch(signature -> MessageDigest.isEqual(expected, signature));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has HmacSHA256", e);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
