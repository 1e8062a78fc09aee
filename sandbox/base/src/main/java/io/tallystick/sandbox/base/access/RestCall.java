package io.tallystick.sandbox.base.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tallystick.sandbox.base.DevCa;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Makes REST requests and says what became of them.
final class RestCall {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
  private static final Pattern FOR_THE_CALLER =
      Pattern.compile("\"reason\":\"(NOT_ALLOWED|NOT_A_PAYER|NOT_A_MERCHANT)\"");
  private static final Pattern NO_SUCH_MERCHANT =
      Pattern.compile("you act for no such merchant|no such merchant");

  private final HttpClient client;
  private final int port;

  RestCall(DevCa authority, int port) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(trusting(authority))
            .build();
    this.port = port;
  }

  /// @param body sent where the route takes one; an empty object when null
  RestOutcome make(RestRoute route, @Nullable String token, @Nullable String body) {
    if (route.isSocket()) {
      return SocketCall.make(
          client, URI.create("wss://localhost:" + port + route.concretePath()), token);
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + route.concretePath()))
            .timeout(LONGEST_WAIT)
            .header("Idempotency-Key", UUID.randomUUID().toString());
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (route.takesBody()) {
      request.header("Content-Type", "application/json");
      request.method(route.method(), BodyPublishers.ofString(body == null ? "{}" : body));
    } else {
      request.method(route.method(), BodyPublishers.noBody());
    }
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream stream = response.body()) {
        // A stream of events that has begun never ends by itself.
        return response.statusCode() < 400
            ? RestOutcome.ALLOWED
            : refused(route, response.statusCode(), new String(stream.readAllBytes(), UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(route.name(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RestOutcome refused(RestRoute route, int status, String problem) {
    if (status == 401) {
      return RestOutcome.NO_TOKEN;
    }
    if (status == 403 && FOR_THE_CALLER.matcher(problem).find()) {
      return RestOutcome.NOT_ALLOWED;
    }
    if (status == 404 && NO_SUCH_MERCHANT.matcher(problem).find()) {
      return RestOutcome.NOT_FOUND;
    }
    if (problem.contains("VALIDATION_FAILED")
        || problem.contains("JSON_MALFORMED")
        || problem.contains("NO_SUCH_RESOURCE")
        || status >= 500 && status != 503) {
      throw new IllegalStateException(
          "the request to %s says nothing about its caller: %d %s"
              .formatted(route.name(), status, problem));
    }
    return RestOutcome.ALLOWED;
  }

  private static SSLContext trusting(DevCa authority) {
    try (InputStream file = Files.newInputStream(authority.trustStoreFile())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(file, DevCa.TRUST_STORE_PASSWORD.toCharArray());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
