package io.tallystick.sandbox.base;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A transit engine played for tests, on the loopback address: what a service needs of Vault's
/// [API](https://developer.hashicorp.com/vault/api-docs/secret/transit), with real TLS and the real
/// cipher ([TransitKey]), tokens, policies and a namespace. It is no Vault: what that does
/// otherwise than it documents does not show here.
public final class TransitServer implements AutoCloseable {
  /// May encrypt and decrypt with every key, until it is revoked.
  public static final String TOKEN = "hvs.CAESIAtokenThatNobodyShouldEverReadAnywhere0123456789";

  private static final Pattern OPERATION =
      Pattern.compile("/v1/(transit)/(encrypt|decrypt)/([\\w.-]+)");
  private static final Pattern MEMBER =
      Pattern.compile("\"(plaintext|ciphertext|associated_data)\"\\s*:\\s*\"([^\"]*)\"");
  private static final int LARGEST_REQUEST = 64 * 1024;

  private final HttpServer server;
  private final boolean agent;
  private final @Nullable Path ca;
  private final Map<String, TransitKey> keys = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> tokens =
      new ConcurrentHashMap<>(Map.of(TOKEN, Set.of("encrypt", "decrypt")));
  private final AtomicInteger calls = new AtomicInteger();
  private volatile String namespace = "";
  private volatile boolean old;
  private volatile @Nullable HttpHandler instead;

  private TransitServer(HttpServer server, @Nullable Path ca) {
    this.server = server;
    this.ca = ca;
    this.agent = ca == null;
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /// A server with TLS, whose certificate is for localhost.
  ///
  /// @param folder for its authority
  public static TransitServer start(Path folder) {
    DevCa ca = DevCa.open(folder);
    try {
      HttpsServer server = HttpsServer.create(loopback(), 64);
      server.setHttpsConfigurator(new HttpsConfigurator(ca.service("vault").serverContext()));
      return new TransitServer(server, ca.certificateFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An agent beside its caller: without TLS, adds a token itself, and wants `X-Vault-Request`.
  public static TransitServer startAgent() {
    try {
      return new TransitServer(HttpServer.create(loopback(), 64), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI address() {
    return URI.create((agent ? "http" : "https") + "://localhost:" + server.getAddress().getPort());
  }

  /// PEM, the authority of its certificate; none of an agent.
  public Path ca() {
    if (ca == null) {
      throw new IllegalStateException("an agent has no certificate");
    }
    return ca;
  }

  public TransitServer withKey(String name) {
    keys.put(name, new TransitKey());
    return this;
  }

  public TransitKey key(String name) {
    TransitKey key = keys.get(name);
    if (key == null) {
      throw new IllegalArgumentException("no key " + name);
    }
    return key;
  }

  /// @param operations `encrypt`, `decrypt`
  public void allow(String token, String... operations) {
    tokens.put(token, Set.of(operations));
  }

  public void revoke(String token) {
    tokens.remove(token);
  }

  /// Everything is in this namespace from now on.
  public void moveTo(String path) {
    namespace = path;
  }

  /// As Vault was before 1.13: associated data is ignored.
  public void beOld() {
    old = true;
  }

  /// Every call is answered so from now on; with null as usual again.
  public void answerWith(@Nullable HttpHandler handler) {
    instead = handler;
  }

  /// How often it was asked.
  public int calls() {
    return calls.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    calls.incrementAndGet();
    HttpHandler other = instead;
    if (other != null) {
      other.handle(exchange);
      return;
    }
    String request =
        new String(
            exchange.getRequestBody().readNBytes(LARGEST_REQUEST), StandardCharsets.US_ASCII);
    Matcher path = OPERATION.matcher(exchange.getRequestURI().getPath());
    String given = header(exchange, "X-Vault-Token");
    if (agent && !header(exchange, "X-Vault-Request").equals("true")) {
      refuse(exchange, 412, "missing 'X-Vault-Request' header");
    } else if (!path.matches() || !header(exchange, "X-Vault-Namespace").equals(namespace)) {
      refuse(exchange, 404, "no handler for route");
    } else if (!exchange.getRequestMethod().equals("POST")
        || !tokens
            .getOrDefault(agent && given.isEmpty() ? TOKEN : given, Set.of())
            .contains(path.group(2))) {
      refuse(exchange, 403, "permission denied");
    } else {
      use(exchange, path.group(2), keys.get(path.group(3)), request);
    }
  }

  private void use(
      HttpExchange exchange, String operation, @Nullable TransitKey key, String request)
      throws IOException {
    if (key == null) {
      refuse(exchange, 400, "encryption key not found");
      return;
    }
    Map<String, String> members = new ConcurrentHashMap<>();
    Matcher member = MEMBER.matcher(request);
    while (member.find()) {
      members.put(member.group(1), member.group(2));
    }
    String bound = old ? "" : members.getOrDefault("associated_data", "");
    try {
      boolean encrypt = operation.equals("encrypt");
      String result =
          encrypt
              ? key.encrypt(members.getOrDefault("plaintext", ""), bound)
              : key.decrypt(members.getOrDefault("ciphertext", ""), bound);
      send(
          exchange,
          200,
          """
          {"request_id":"1f2e","lease_id":"","renewable":false,"lease_duration":0,\
          "data":{%s"%s":"%s"},"wrap_info":null,"warnings":null,"auth":null}
          """
              .formatted(
                  encrypt ? "\"key_version\":1," : "",
                  encrypt ? "ciphertext" : "plaintext",
                  result));
    } catch (TransitKey.Refused refused) {
      refuse(exchange, 400, refused.getMessage());
    }
  }

  /// Answers as Vault does when something is wrong.
  public static void refuse(HttpExchange exchange, int status, @Nullable String says)
      throws IOException {
    send(exchange, status, "{\"errors\":[\"" + says + "\"]}\n");
  }

  /// Answers with JSON, or what is called so.
  public static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    try (var out = exchange.getResponseBody()) {
      out.write(content);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }
}
