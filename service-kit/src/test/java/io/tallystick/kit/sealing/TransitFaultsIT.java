package io.tallystick.kit.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.tallystick.kit.transit.TransitException;
import io.tallystick.sandbox.base.FreePorts;
import io.tallystick.sandbox.base.TransitServer;
import io.tallystick.sandbox.base.TransitWrapping;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said, and what is not, when a transit engine does not unwrap a key.
class TransitFaultsIT {
  private static final String PREFIX = "tallystick.seed.key-encryption";
  private static final String KEY = "tallystick-seed";
  private static final byte[] KEY_1 = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");

  @TempDir Path folder;
  private final CountDownLatch over = new CountDownLatch(1);
  private TransitServer server;
  private Path file;
  private Path token;

  @BeforeEach
  void start() throws Exception {
    server = TransitServer.start(folder.resolve("ca")).withKey(KEY);
    token = Files.writeString(folder.resolve("token"), TransitServer.TOKEN);
    String wrapped =
        new TransitWrapping(server.address(), "transit", KEY, token, server.ca(), null)
            .wrap("seed", 1, KEY_1);
    file = Files.writeString(folder.resolve("keys"), "1:" + wrapped + "\ncurrent:1\n");
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.close();
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        answer(503, "Vault is sealed", "it is sealed"),
        answer(429, "request path \\\"transit\\\": rate limit quota exceeded", "too many calls"),
        answer(403, "permission denied", "lacks update on transit/decrypt/tallystick-seed"),
        answer(404, "no handler for route", "no transit engine is mounted at transit"),
        answer(400, "encryption key not found", "400, \"encryption key not found\""),
        answer(500, "internal error", "500, \"internal error\""),
        answer(412, "missing 'X-Vault-Request' header", "412"));
  }

  private static Arguments answer(int status, String error, String says) {
    return Arguments.of(status, error, says);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void tellsWhatTheEngineAnswered(int status, String error, String says) {
    server.answerWith(exchange -> TransitServer.refuse(exchange, status, error));
    assertRefused(settings(), says);
  }

  /// None of it is a refusal of the key, so none may be told as one.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>cipher: message authentication failed</html>",
        "{\"data\":{\"plaintext\":null}}",
        "{\"data\":{\"plaintext\":\"ABEiM0RVZneImaq7zN3u_w*\"}}",
        "{\"data\":{\"plaintext\":\"ABEiM0RVZneImaq7zN3u/w=="
      })
  void refusesAnAnswerThatIsNotVaults(String body) {
    server.answerWith(exchange -> TransitServer.send(exchange, 200, body));
    assertRefused(settings(), "answered something that is not Vault's");
  }

  @Test
  void refusesAnAnswerWithoutEnd() {
    server.answerWith(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      byte[] more = new byte[4096];
      try (var out = exchange.getResponseBody()) {
        while (over.getCount() > 0) {
          out.write(more);
        }
      }
    });
    assertRefused(settings(), "answered more than 65536 bytes");
  }

  /// To follow would be to give the token to whoever is named there.
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsNoRedirect(int status) {
    try (TransitServer elsewhere = TransitServer.start(folder.resolve("ca")).withKey(KEY)) {
      server.answerWith(exchange -> {
        exchange
            .getResponseHeaders()
            .set("Location", elsewhere.address() + "/v1/transit/decrypt/" + KEY);
        TransitServer.send(exchange, status, "");
      });
      assertRefused(settings(), "it leads elsewhere, which is not followed");
      assertThat(elsewhere.calls()).isZero();
    }
  }

  @Test
  void tellsWhatIsMissingHere() throws IOException {
    assertRefused(settings().withTokenFile(folder.resolve("none")), "token can't be read");
    assertRefused(settings().withCa(folder.resolve("none")), "ca file can't be used");
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    assertRefused(settings().withTokenFile(empty), "token has none");
    assertRefused(settings().withCa(empty), "ca file");
    Path large = Files.writeString(folder.resolve("large"), "h".repeat(9000));
    assertRefused(settings().withTokenFile(large), "token is too large");
    assertRefused(settings().withKey("another"), "encryption key not found");
    assertRefused(settings().withMount("secret"), "mounted at secret");
    String nobody = "https://localhost:" + FreePorts.one();
    assertRefused(
        Source.Engine.of(nobody, KEY).withTokenFile(token).withCa(server.ca()),
        "could not be asked: ConnectException");
  }

  static Stream<Arguments> talkative() {
    String token = TransitServer.TOKEN;
    String plain = Base64.getEncoder().encodeToString(KEY_1);
    return Stream.of(
        Arguments.of(
            "the token in an error",
            (HttpHandler)
                e -> TransitServer.refuse(e, 403, "bad " + header(e, "X-Vault-Token") + "!")),
        Arguments.of(
            "the token behind a long text",
            (HttpHandler) e -> TransitServer.refuse(e, 500, "x".repeat(180) + token)),
        Arguments.of(
            "the key outside of its place",
            (HttpHandler) e -> TransitServer.send(e, 200, "{\"plaintext\":\"" + plain + "\"}")),
        Arguments.of(
            "the key in what is no JSON", (HttpHandler) e -> TransitServer.send(e, 200, plain)),
        Arguments.of(
            "the key with an error",
            (HttpHandler)
                e -> TransitServer.send(e, 500, "{\"data\":{\"plaintext\":\"" + plain + "\"}}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("talkative")
  void saysNeitherTokenNorKey(String what, HttpHandler answer) {
    server.answerWith(answer);
    assertThat(whole(catchThrowable(() -> open(settings()))))
        .as(what)
        .contains("TransitException")
        .doesNotContain("hvs.CAESIA", "ABEiM0RVZneI", "00112233");
  }

  /// Headers can't have line breaks, and the client quotes the ones that do.
  @ParameterizedTest
  @ValueSource(strings = {"hvs.CAESIAone\nhvs.CAESIAtwo", "hvs.CAESIA\u0000", "hvs.CAESIA two"})
  void saysNothingOfATokenThatCannotBeSent(String content) throws IOException {
    Files.writeString(token, content);
    assertThat(whole(catchThrowable(() -> open(settings()))))
        .contains("token has none")
        .doesNotContain("CAESIA");
    assertThat(settings().toString()).doesNotContain("CAESIA");
  }

  /// For the answer's last byte, not only for its first.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Timeout(20)
  void waitsForTheEngineNoLongerThanItMay(boolean begins) {
    server.answerWith(exchange -> {
      if (begins) {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
      }
      await();
    });
    long before = System.nanoTime();
    assertRefused(settings().withTimeout(Duration.ofMillis(700)), "did not answer within PT0.7S");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void assertRefused(Source.Engine settings, String says) {
    assertThatThrownBy(() -> open(settings))
        .isInstanceOf(TransitException.class)
        .hasMessageContaining(says)
        .hasMessageNotContaining("hvs.CAESIA");
  }

  private KeyRing open(Source.Engine settings) {
    return KeyRing.open(
        PREFIX, new Source(OptionalInt.empty(), null, file, Source.Token.NONE, settings, false));
  }

  private Source.Engine settings() {
    return Source.Engine.of(server.address().toString(), KEY)
        .withTokenFile(token)
        .withCa(server.ca());
  }

  private static String header(HttpExchange exchange, String name) {
    return String.valueOf(exchange.getRequestHeaders().getFirst(name));
  }

  /// All that a log could show of it: messages and causes.
  private static String whole(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
