package io.tallystick.notify.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.TestPlatform;
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
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/// The service's REST interface as one caller uses it.
public final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String token;
  private final HttpClient client;
  private final String base;

  private Api(String token, HttpClient client, String base) {
    this.token = token;
    this.client = client;
    this.base = base;
  }

  /// An answer.
  ///
  /// @param body missing when there is none
  public record Answer(int status, JsonNode body) {
    public String text(String pointer) {
      return body.at(pointer).asText();
    }

    /// The last segment of the problem's type.
    public String problem() {
      String type = body.path("type").asText();
      return type.substring(type.lastIndexOf('/') + 1);
    }
  }

  public static Api with(TestPlatform platform, String token) {
    String port = ConfigProvider.getConfig().getValue("tallystick.http.port", String.class);
    HttpClient client = HttpClient.newBuilder().sslContext(trusting(platform.ca())).build();
    return new Api(token, client, "https://localhost:" + port);
  }

  public static Api payer(TestPlatform platform, String payerId) {
    return with(platform, platform.oidc().payerToken(payerId));
  }

  public static Api merchant(TestPlatform platform, String merchantId) {
    return with(platform, platform.oidc().merchantToken(merchantId));
  }

  public Answer get(String path) {
    return send(request(path).GET());
  }

  public Answer post(String path, @Nullable String body) {
    return post(path, body, UUID.randomUUID().toString());
  }

  public Answer post(String path, @Nullable String body, String key) {
    return send(withBody(request(path).header("Idempotency-Key", key), "POST", body));
  }

  public Answer put(String path, @Nullable String body) {
    return send(withBody(request(path), "PUT", body));
  }

  public Answer delete(String path) {
    return send(request(path).DELETE());
  }

  /// The lines of an event stream.
  public HttpResponse<Stream<String>> stream(String path, @Nullable String lastEventId) {
    HttpRequest.Builder request = request(path).header("Accept", "text/event-stream").GET();
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofLines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// SSL that trusts the development authority only.
  public static SSLContext trusting(DevCa ca) {
    try (InputStream in = Files.newInputStream(ca.trustStoreFile())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, DevCa.TRUST_STORE_PASSWORD.toCharArray());
      TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + token);
  }

  private static HttpRequest.Builder withBody(
      HttpRequest.Builder request, String method, @Nullable String body) {
    return body == null
        ? request.method(method, BodyPublishers.noBody())
        : request
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      String body = response.body();
      return new Answer(
          response.statusCode(), body.isEmpty() ? MissingNode.getInstance() : JSON.readTree(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
