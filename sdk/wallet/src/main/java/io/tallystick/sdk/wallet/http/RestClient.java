package io.tallystick.sdk.wallet.http;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.tallystick.protocol.trace.Traceparent;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * JSON calls to one service: authenticates, repeats what may be repeated, names what went wrong.
 */
public final class RestClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpTransport transport;
  private final URI base;
  private final BearerSource bearer;
  private final RetryPolicy retries;
  private final Duration timeout;
  private final Supplier<Traceparent> traces;

  private RestClient(
      HttpTransport transport,
      URI base,
      BearerSource bearer,
      RetryPolicy retries,
      Duration timeout,
      Supplier<Traceparent> traces) {
    this.transport = requireNonNull(transport, "transport is null");
    this.base = requireNonNull(base, "base is null");
    this.bearer = requireNonNull(bearer, "bearer is null");
    this.retries = requireNonNull(retries, "retries is null");
    this.timeout = requireNonNull(timeout, "timeout is null");
    this.traces = requireNonNull(traces, "traces is null");
  }

  /**
   * @param base the service's address without a trailing slash
   */
  public static RestClient of(HttpTransport transport, URI base, BearerSource bearer) {
    return new RestClient(
        transport, base, bearer, RetryPolicy.DEFAULT, TIMEOUT, Traceparent::fresh);
  }

  /** The same service with other retries. */
  public RestClient retrying(RetryPolicy other) {
    return new RestClient(transport, base, bearer, other, timeout, traces);
  }

  /** The same service with another time for each attempt. */
  public RestClient within(Duration perAttempt) {
    return new RestClient(transport, base, bearer, retries, perAttempt, traces);
  }

  /**
   * The same service in the traces of the software around the wallet.
   *
   * @param others asked at the start of each call, on the calling thread
   */
  public RestClient tracedBy(Supplier<Traceparent> others) {
    return new RestClient(transport, base, bearer, retries, timeout, others);
  }

  public JsonElement get(String path) {
    return json(exchange("GET", path, null, null, true));
  }

  public JsonElement put(String path, @Nullable JsonObject body) {
    return json(exchange("PUT", path, body, null, true));
  }

  public void delete(String path) {
    exchange("DELETE", path, null, null, true);
  }

  /** Posts once: without a key nobody could tell a repetition from a second wish. */
  public JsonElement post(String path, @Nullable JsonObject body) {
    return json(exchange("POST", path, body, null, false));
  }

  /** Posts, and repeats with the same key until an answer comes or the retries are used up. */
  public JsonElement post(String path, @Nullable JsonObject body, IdempotencyKey key) {
    return json(exchange("POST", path, body, requireNonNull(key, "key is null"), true));
  }

  /** Posts what the contract says is safe to repeat without a key. */
  public JsonElement postRepeatable(String path, JsonObject body) {
    return json(exchange("POST", path, body, null, true));
  }

  /** Deletes with a key and a body, for calls that ask for them. */
  public JsonElement delete(String path, JsonObject body, IdempotencyKey key) {
    return json(exchange("DELETE", path, body, requireNonNull(key, "key is null"), true));
  }

  /** Puts with a key, for calls that ask for one. */
  public JsonElement put(String path, @Nullable JsonObject body, IdempotencyKey key) {
    return json(exchange("PUT", path, body, requireNonNull(key, "key is null"), true));
  }

  /**
   * Opens a stream of server-sent events.
   *
   * @param lastEventId resumes after this one; absent to begin with the next event
   */
  public EventStream events(String path, @Nullable String lastEventId) {
    Map<String, String> headers = headers(null, null);
    headers.put("Accept", "text/event-stream");
    if (lastEventId != null) {
      headers.put("Last-Event-ID", lastEventId);
    }
    try {
      HttpStream stream =
          transport.open(new HttpCall("GET", address(path), headers, null, timeout));
      if (stream.status() != 200) {
        throw refusal(stream);
      }
      return EventStream.of(stream);
    } catch (IOException unreachable) {
      throw unreachable("GET", path, unreachable);
    }
  }

  private HttpReply exchange(
      String method,
      String path,
      @Nullable JsonObject body,
      @Nullable IdempotencyKey key,
      boolean repeatable) {
    int attempts = repeatable ? retries.attempts() : 1;
    for (int attempt = 1; ; attempt++) {
      Duration wait = retries.delayAfter(attempt, ThreadLocalRandom.current().nextDouble());
      try {
        HttpReply reply = transport.send(call(method, path, body, key));
        if (reply.status() < 300) {
          return reply;
        }
        if (!isTransient(reply.status())) {
          throw Problems.from(reply);
        }
        if (attempt >= attempts) {
          throw unreachable(method, path, new IOException(Problems.from(reply).getMessage()));
        }
        wait = shorter(Problems.retryAfter(reply).orElse(wait), retries.maxDelay());
      } catch (IOException failed) {
        if (attempt >= attempts) {
          throw unreachable(method, path, failed);
        }
      }
      pause(wait);
    }
  }

  /** Another attempt may find another answer. A 429 is an answer: it names a limit. */
  private static boolean isTransient(int status) {
    return status >= 500 && status != 501;
  }

  private HttpCall call(
      String method, String path, @Nullable JsonObject body, @Nullable IdempotencyKey key) {
    byte[] bytes = body == null ? null : body.toString().getBytes(StandardCharsets.UTF_8);
    return new HttpCall(method, address(path), headers(body, key), bytes, timeout);
  }

  private Map<String, String> headers(@Nullable JsonObject body, @Nullable IdempotencyKey key) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Bearer " + bearer.bearer());
    headers.put("Accept", "application/json");
    headers.put(Traceparent.HEADER, traces.get().toString());
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
    if (key != null) {
      headers.put("Idempotency-Key", key.value());
    }
    return headers;
  }

  private URI address(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path does not begin with a slash: " + path);
    }
    return URI.create(base + path);
  }

  private static JsonElement json(HttpReply reply) {
    if (reply.body().length == 0) {
      return JsonNull.INSTANCE;
    }
    try {
      return JsonParser.parseString(reply.text());
    } catch (JsonParseException malformed) {
      throw new UnreachableException("the answer is not JSON", malformed);
    }
  }

  private static RuntimeException refusal(HttpStream stream) throws IOException {
    try (stream) {
      byte[] body = stream.body().readNBytes(65_536);
      Map<String, String> headers = Map.of("Content-Type", "application/problem+json");
      HttpReply reply = new HttpReply(stream.status(), headers, body);
      return isTransient(stream.status())
          ? new UnreachableException("status " + stream.status(), null)
          : Problems.from(reply);
    }
  }

  private UnreachableException unreachable(String method, String path, IOException cause) {
    String reason =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new UnreachableException(
        method + " " + base + path.replaceAll("\\?.*", "") + ": " + reason, cause);
  }

  private static Duration shorter(Duration first, Duration second) {
    return first.compareTo(second) < 0 ? first : second;
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UnreachableException("interrupted between two attempts", interrupted);
    }
  }
}
