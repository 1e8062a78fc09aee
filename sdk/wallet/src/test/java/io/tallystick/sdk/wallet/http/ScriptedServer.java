package io.tallystick.sdk.wallet.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An HTTP server that answers as it was told and remembers what it was asked. */
public final class ScriptedServer implements AutoCloseable {
  /** What was asked. */
  public record Asked(String method, String path, Map<String, String> headers, String body) {}

  /** What to answer; status 0 cuts the connection. */
  public record Reply(int status, Map<String, String> headers, String body) {
    public static Reply json(int status, String body) {
      return new Reply(status, Map.of("Content-Type", "application/json"), body);
    }

    public static Reply problem(int status, String name, String detail) {
      return new Reply(
          status,
          Map.of("Content-Type", "application/problem+json"),
          "{\"type\":\"https://tallystick.io/problems/%s\",\"title\":\"t\",\"status\":%d,\"detail\":\"%s\",\"attemptsLeft\":3}"
              .formatted(name, status, detail));
    }

    public static Reply cut() {
      return new Reply(0, Map.of(), "");
    }

    public Reply with(String header, String value) {
      return new Reply(
          status,
          Map.of("Content-Type", headers.getOrDefault("Content-Type", "text/plain"), header, value),
          body);
    }
  }

  private final HttpServer server;
  private final List<Asked> asked = new ArrayList<>();
  private final Queue<Function<Asked, Reply>> script = new ArrayDeque<>();

  public ScriptedServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }

  public URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public synchronized ScriptedServer then(Reply reply) {
    return then(request -> reply);
  }

  public synchronized ScriptedServer then(Function<Asked, Reply> reply) {
    script.add(reply);
    return this;
  }

  public synchronized List<Asked> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    Asked request =
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            headers(exchange),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Reply reply = next(request);
    if (reply.status() == 0) {
      exchange.close();
      return;
    }
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private synchronized Reply next(Asked request) {
    asked.add(request);
    Function<Asked, Reply> next = script.poll();
    return next == null ? Reply.json(500, "{}") : next.apply(request);
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    java.util.TreeMap<String, String> headers =
        new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    return headers;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
