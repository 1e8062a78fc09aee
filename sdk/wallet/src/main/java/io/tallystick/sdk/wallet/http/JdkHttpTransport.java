package io.tallystick.sdk.wallet.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** The JDK's own client. Follows no redirects: no interface of the platform sends any. */
public final class JdkHttpTransport implements HttpTransport {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient client;

  private JdkHttpTransport(HttpClient client) {
    this.client = client;
  }

  /** Trusts what the given context trusts. */
  public static JdkHttpTransport trusting(SSLContext context) {
    requireNonNull(context, "context is null");
    return new JdkHttpTransport(builder().sslContext(context).build());
  }

  /** Trusts what the platform's default context trusts. */
  public static JdkHttpTransport create() {
    return new JdkHttpTransport(builder().build());
  }

  @Override
  public HttpReply send(HttpCall call) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> pending =
        client.sendAsync(request(call), info -> new BoundedBody(HttpReply.MAX_BODY_LENGTH));
    try {
      // The client's own timeout ends at the headers; this one covers the body too.
      HttpResponse<byte[]> response = pending.get(call.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return new HttpReply(response.statusCode(), headers(response), response.body());
    } catch (TimeoutException late) {
      pending.cancel(true);
      throw new IOException("no whole answer within " + call.timeout(), late);
    } catch (InterruptedException interrupted) {
      pending.cancel(true);
      throw interrupted(interrupted);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException cause
          ? cause
          : new IOException(failed.getCause());
    }
  }

  @Override
  public HttpStream open(HttpCall call) throws IOException {
    try {
      HttpResponse<InputStream> response = client.send(request(call), BodyHandlers.ofInputStream());
      return new HttpStream(response.statusCode(), response.body());
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  private static HttpRequest request(HttpCall call) {
    byte[] body = call.body();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.uri())
            .timeout(call.timeout())
            .method(
                call.method(),
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    call.headers().forEach(request::header);
    return request.build();
  }

  private static IOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return (IOException) new InterruptedIOException("interrupted").initCause(cause);
  }

  private static Map<String, String> headers(HttpResponse<?> response) {
    Map<String, String> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    response.headers().map().forEach((name, values) -> first.put(name, values.get(0)));
    return first;
  }

  private static HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .connectTimeout(CONNECT_TIMEOUT)
        .followRedirects(HttpClient.Redirect.NEVER);
  }
}
