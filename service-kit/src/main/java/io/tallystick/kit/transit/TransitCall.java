package io.tallystick.kit.transit;

import static java.util.Objects.requireNonNullElse;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// One question to the engine and its answer.
///
/// The client lives for the one call: calls are rare, and a replaced file of authorities counts for
/// the next. It goes through no proxy and follows no redirect, or the token would go elsewhere.
record TransitCall(TransitSettings settings, ClientToken token) {
  private static final int LARGEST_ANSWER = 64 * 1024;

  /// @throws TransitException when there is no answer
  HttpResponse<byte[]> post(String operation, byte[] body) {
    HttpClient client = client();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request(operation, body),
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), LARGEST_ANSWER));
    try {
      return answer.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw fault("did not answer within " + settings.timeout());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw fault("was not waited for: interrupted");
    } catch (ExecutionException failed) {
      throw fault(reason(failed));
    } finally {
      // Not closed: that would wait for what was given up.
      client.shutdownNow();
    }
  }

  private HttpClient client() {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY);
    settings.ca().map(Authorities::trusting).ifPresent(client::sslContext);
    return client.build();
  }

  private HttpRequest request(String operation, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.endpoint(operation))
            .header("Content-Type", "application/json")
            // Agents may refuse what lacks it: a browser or a fetched address can't send it.
            .header("X-Vault-Request", "true")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    token.value().ifPresent(value -> request.header("X-Vault-Token", value));
    settings.namespace().ifPresent(path -> request.header("X-Vault-Namespace", path));
    return request.build();
  }

  /// What the client says, and what lies at the root of it.
  private String reason(ExecutionException failed) {
    Throwable outer = requireNonNullElse(failed.getCause(), failed);
    Throwable innermost = outer;
    boolean tls = outer instanceof SSLException;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
      tls |= innermost instanceof SSLException;
    }
    String said = named(outer) + (innermost.equals(outer) ? "" : ", " + named(innermost));
    if (said.contains("exceeds capacity")) {
      return "answered more than " + LARGEST_ANSWER + " bytes";
    }
    return (tls ? "could not be trusted (TLS): " : "could not be asked: ") + token.censor(said);
  }

  private static String named(Throwable failure) {
    String message = failure.getMessage();
    return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  TransitException fault(String what) {
    return new TransitException("the transit engine at " + settings.where() + " " + what);
  }
}
