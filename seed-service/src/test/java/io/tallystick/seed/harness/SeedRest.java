package io.tallystick.seed.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tallystick.sandbox.base.DevCa;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Speaks HTTPS and JSON to the service.
public final class SeedRest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final URI base;

  public SeedRest(DevCa ca, int port) {
    this.base = URI.create("https://localhost:" + port);
    this.http =
        HttpClient.newBuilder()
            .sslContext(trusting(ca))
            .connectTimeout(Duration.ofSeconds(10))
            .build();
  }

  public Reply send(
      String method,
      String path,
      @Nullable String token,
      @Nullable String idempotencyKey,
      @Nullable Object body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (idempotencyKey != null) {
      request.header("Idempotency-Key", idempotencyKey);
    }
    try {
      if (body == null) {
        request.method(method, BodyPublishers.noBody());
      } else {
        request.header("Content-Type", "application/json");
        String text = body instanceof String raw ? raw : JSON.writeValueAsString(body);
        request.method(method, BodyPublishers.ofString(text));
      }
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.headers(), parsed(response));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public Reply get(String path, @Nullable String token) {
    return send("GET", path, token, null, null);
  }

  public Reply post(String path, String token, String key, Map<String, ?> body) {
    return send("POST", path, token, key, body);
  }

  private static JsonNode parsed(HttpResponse<String> response) throws IOException {
    boolean json =
        response
            .headers()
            .firstValue("Content-Type")
            .filter(type -> type.contains("json"))
            .isPresent();
    return json ? JSON.readTree(response.body()) : MissingNode.getInstance();
  }

  private static SSLContext trusting(DevCa ca) {
    try (InputStream in = Files.newInputStream(ca.trustStoreFile())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, DevCa.TRUST_STORE_PASSWORD.toCharArray());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
