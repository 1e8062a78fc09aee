package io.tallystick.sandbox.base;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A small OpenID Connect issuer on the loopback address, for the sandbox and for tests.
///
/// It has discovery, a JWKS with one RS256 key, and a token endpoint with the `password` and
/// `client_credentials` grants (RFC 6749 §4.3, §4.4) for the users it was told of. Real deployments
/// use any standard issuer instead.
///
/// Claims: `sub`; `groups` (roles); `tallystick_merchant` for a merchant's staff; `phone_number`
/// with `phone_number_verified` (OpenID Connect Core §5.1); `aud` [#AUDIENCE].
public final class DevOidc implements AutoCloseable {
  /// What every token is for.
  public static final String AUDIENCE = "tallystick";

  private static final Duration TOKEN_VALIDITY = Duration.ofHours(1);
  private static final int LARGEST_FORM_BYTES = 8 * 1024;
  private static final int MOST_USERS = 100_000;
  private static final Pattern NEW_NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final HttpServer server;
  private final TokenSigner signer;
  private final Clock clock;
  private final Map<String, User> users = new ConcurrentHashMap<>();
  private volatile @Nullable BiFunction<String, String, User> registration;

  private DevOidc(HttpServer server, TokenSigner signer, Clock clock) {
    this.server = server;
    this.signer = signer;
    this.clock = clock;
  }

  /// Someone who may ask for a token.
  ///
  /// @param name user name of the password grant, or client id of the client credentials grant
  /// @param subject the `sub` claim: a payer's id
  /// @param merchantId the `tallystick_merchant` claim, null for other than a merchant's staff
  /// @param roles the `groups` claim
  /// @param phoneNumber the `phone_number` claim, E.164 and verified; null for none
  public record User(
      String name,
      String password,
      String subject,
      @Nullable String merchantId,
      Set<String> roles,
      @Nullable String phoneNumber) {
    public User {
      requireNonNull(name, "name is null");
      requireNonNull(password, "password is null");
      requireNonNull(subject, "subject is null");
      roles = Set.copyOf(roles);
    }

    public static User payer(String name, String password, String payerId) {
      return new User(name, password, payerId, null, Set.of(), null);
    }

    public static User merchant(String name, String password, String merchantId) {
      return new User(name, password, name, merchantId, Set.of(), null);
    }

    public static User withRoles(String name, String password, String... roles) {
      return new User(name, password, name, null, Set.of(roles), null);
    }

    /// The same user with a verified telephone number.
    public User withPhoneNumber(String number) {
      return new User(name, password, subject, merchantId, roles, number);
    }

    @Override
    public String toString() {
      return "User[" + name + "]";
    }
  }

  /// Makes the signing key if `folder` has none: seconds that starting then does not take.
  public static void makeKey(Path folder) {
    TokenSigner.open(folder);
  }

  /// Starts the issuer.
  ///
  /// @param folder keeps the signing key, so that tokens outlive a restart
  /// @param port 0 for a free one
  public static DevOidc start(Path folder, int port, List<User> users, Clock clock) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      HttpServer server = HttpServer.create(address, 64);
      DevOidc issuer = new DevOidc(server, TokenSigner.open(folder), clock);
      users.forEach(issuer::add);
      server.createContext("/.well-known/openid-configuration", issuer::discovery);
      server.createContext("/jwks", e -> answer(e, 200, issuer.signer.jwks()));
      server.createContext("/token", issuer::tokenOrRefusal);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return issuer;
    } catch (IOException e) {
      throw new UncheckedIOException("OIDC issuer did not start on port " + port, e);
    }
  }

  public static DevOidc start(Path folder, int port, List<User> users) {
    return start(folder, port, users, Clock.systemUTC());
  }

  /// The `iss` claim and the base of discovery.
  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Adds a user, replacing one of the same name.
  public void add(User user) {
    users.put(user.name(), user);
  }

  /// From now on an unknown name that asks with the password grant becomes a user: the first
  /// password it comes with is its password.
  ///
  /// @param registration makes the user of a name and a password
  public void registerUnknown(BiFunction<String, String, User> registration) {
    this.registration = requireNonNull(registration, "registration is null");
  }

  /// An access token as the token endpoint would give it.
  public String tokenFor(User user) {
    return token(user, TOKEN_VALIDITY);
  }

  /// A payer's access token.
  public String payerToken(String payerId) {
    return tokenFor(User.payer(payerId, "", payerId));
  }

  public String merchantToken(String merchantId) {
    return tokenFor(User.merchant("staff-" + merchantId, "", merchantId));
  }

  public String roleToken(String name, String... roles) {
    return tokenFor(User.withRoles(name, "", roles));
  }

  /// @param validity negative for a token that has expired already
  public String token(User user, Duration validity) {
    return signer.sign(Claims.of(issuer(), AUDIENCE, user, clock.instant(), validity));
  }

  /// An access token that states any issuer and audience: what a test of refusals needs.
  public String token(User user, String issuer, String audience) {
    return signer.sign(Claims.of(issuer, audience, user, clock.instant(), TOKEN_VALIDITY));
  }

  /// An access token that states the user's telephone number as not verified.
  public String tokenWithUnverifiedNumber(User user) {
    String claims = Claims.of(issuer(), AUDIENCE, user, clock.instant(), TOKEN_VALIDITY);
    return signer.sign(
        claims.replace("\"phone_number_verified\":true", "\"phone_number_verified\":false"));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void discovery(HttpExchange exchange) throws IOException {
    String issuer = issuer();
    answer(
        exchange,
        200,
        """
        {"issuer":"%1$s","jwks_uri":"%1$s/jwks","token_endpoint":"%1$s/token",\
        "authorization_endpoint":"%1$s/authorize","response_types_supported":["token"],\
        "grant_types_supported":["password","client_credentials"],\
        "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}\
        """
            .formatted(issuer));
  }

  private void tokenOrRefusal(HttpExchange exchange) throws IOException {
    try {
      token(exchange);
    } catch (IllegalArgumentException e) {
      // Percent signs or Base64 that don't decode.
      answer(exchange, 400, "{\"error\":\"invalid_request\"}");
    }
  }

  private void token(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      answer(exchange, 405, "{\"error\":\"invalid_request\"}");
      return;
    }
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_FORM_BYTES + 1);
    if (body.length > LARGEST_FORM_BYTES) {
      answer(exchange, 413, "{\"error\":\"invalid_request\"}");
      return;
    }
    Map<String, String> form = Forms.parse(new String(body, StandardCharsets.UTF_8));
    switch (form.getOrDefault("grant_type", "")) {
      case "password" -> {
        register(form.get("username"), form.get("password"));
        grant(exchange, form.get("username"), form.get("password"), "invalid_grant");
      }
      case "client_credentials" -> {
        Optional<String[]> basic = basic(exchange);
        String id = basic.map(pair -> pair[0]).orElse(form.get("client_id"));
        String secret = basic.map(pair -> pair[1]).orElse(form.get("client_secret"));
        grant(exchange, id, secret, "invalid_client");
      }
      default -> answer(exchange, 400, "{\"error\":\"unsupported_grant_type\"}");
    }
  }

  private void register(@Nullable String name, @Nullable String password) {
    BiFunction<String, String, User> maker = registration;
    boolean usable = name != null && password != null && NEW_NAME.matcher(name).matches();
    if (maker != null && usable && users.size() < MOST_USERS) {
      users.computeIfAbsent(name, _ -> maker.apply(name, password));
    }
  }

  private void grant(
      HttpExchange exchange, @Nullable String name, @Nullable String password, String error)
      throws IOException {
    User user = name == null ? null : users.get(name);
    if (user == null || password == null || !same(user.password(), password)) {
      answer(exchange, 400, "{\"error\":\"" + error + "\"}");
      return;
    }
    answer(
        exchange,
        200,
        "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
            .formatted(tokenFor(user), TOKEN_VALIDITY.toSeconds()));
  }

  private static Optional<String[]> basic(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null || !header.startsWith("Basic ")) {
      return Optional.empty();
    }
    byte[] decoded = Base64.getDecoder().decode(header.substring("Basic ".length()).strip());
    String[] pair = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
    return pair.length == 2 ? Optional.of(pair) : Optional.empty();
  }

  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
