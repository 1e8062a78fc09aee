package io.tallystick.sdk.wallet.http;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request.
 *
 * @param method upper case
 * @param uri absolute
 * @param headers one value each
 * @param body absent for none
 * @param timeout until the whole answer is there, or until the headers are for {@link
 *     HttpTransport#open}
 */
public record HttpCall(
    String method, URI uri, Map<String, String> headers, byte @Nullable [] body, Duration timeout) {
  public HttpCall {
    requireNonNull(method, "method is null");
    requireNonNull(uri, "uri is null");
    headers = Map.copyOf(headers);
    body = body == null ? null : body.clone();
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout is not positive: " + timeout);
    }
  }

  /** One that reads. */
  public static HttpCall get(URI uri, Map<String, String> headers, Duration timeout) {
    return new HttpCall("GET", uri, headers, null, timeout);
  }

  @Override
  public byte @Nullable [] body() {
    return body == null ? null : body.clone();
  }

  /** Without headers and body, which may hold secrets. */
  @Override
  public String toString() {
    return "HttpCall[" + method + " " + uri.getPath() + "]";
  }
}
