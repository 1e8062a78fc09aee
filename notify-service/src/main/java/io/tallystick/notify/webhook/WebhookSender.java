package io.tallystick.notify.webhook;

import static java.util.Objects.requireNonNullElse;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Makes one attempt: connects to an address that the policy allowed, with the name in TLS and in
/// `Host`; follows no redirect; reads a bounded answer in bounded time.
@ApplicationScoped
class WebhookSender {
  private static final int DEEPEST_CAUSE = 16;
  private static final int LONGEST_ERROR = 300;

  private final WebhookConfig config;
  private final HttpClient client;

  WebhookSender(WebhookConfig config, Vertx vertx, TlsConfigurationRegistry tls) {
    this.config = config;
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
            .setKeepAlive(false)
            .setVerifyHost(true)
            .setMaxRedirects(0)
            .setMaxHeaderSize(16 * 1024)
            .setMaxPoolSize(config.batch());
    config
        .tlsConfiguration()
        .ifPresent(name -> TlsConfigUtils.configure(options, named(tls, name)));
    this.client = vertx.createHttpClient(options);
  }

  private static TlsConfiguration named(TlsConfigurationRegistry tls, String name) {
    return tls.get(name)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "tallystick.notify.webhook.tls-configuration names none: " + name));
  }

  /// What came of an attempt.
  sealed interface Attempt {
    record Answered(int status) implements Attempt {
      boolean success() {
        return status >= 200 && status < 300;
      }
    }

    /// No answer, or not a whole one.
    record Broken(String error) implements Attempt {}
  }

  Attempt post(WebhookUrl url, InetAddress address, Map<String, String> headers, String body)
      throws InterruptedException {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    AtomicReference<@Nullable HttpClientRequest> current = new AtomicReference<>();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()))
            .setHost(url.host())
            .setPort(url.port())
            .setSsl(url.secure())
            .setURI(url.target())
            .setFollowRedirects(false);
    headers.forEach(options::putHeader);
    client
        .request(options)
        .onFailure(status::completeExceptionally)
        .onSuccess(request -> {
          current.set(request);
          if (status.isDone()) {
            request.reset();
            return;
          }
          request.response().onFailure(status::completeExceptionally);
          request.response().onSuccess(response -> read(request, response, status));
          request.end(body).onFailure(status::completeExceptionally);
        });
    try {
      return new Attempt.Answered(status.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      return new Attempt.Broken(describe(requireNonNullElse(e.getCause(), e)));
    } catch (TimeoutException e) {
      // First this, so that a connection that is made just now is not used any more.
      status.completeExceptionally(e);
      reset(current.get());
      return new Attempt.Broken("no answer within " + config.timeout().toSeconds() + " s");
    }
  }

  private void read(
      HttpClientRequest request, HttpClientResponse response, CompletableFuture<Integer> status) {
    int[] read = {0};
    response.exceptionHandler(status::completeExceptionally);
    response.endHandler(_ -> status.complete(response.statusCode()));
    response.handler(part -> {
      read[0] += part.length();
      if (read[0] > config.largestResponse()) {
        status.completeExceptionally(new IllegalStateException("the answer is too long"));
        request.reset();
      }
    });
  }

  private static void reset(@Nullable HttpClientRequest request) {
    if (request != null) {
      request.reset();
    }
  }

  /// The failure and what is at its root, which is what a merchant can mend.
  private static String describe(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < DEEPEST_CAUSE; depth++) {
      root = root.getCause();
    }
    String text = named(failure) + (root.equals(failure) ? "" : ", " + named(root));
    return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR);
  }

  private static String named(Throwable failure) {
    String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
    return failure.getClass().getSimpleName() + message;
  }
}
