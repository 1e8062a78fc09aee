package io.tallystick.notify.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import javax.net.ssl.SSLContext;

/// A merchant's server: keeps the webhooks it receives and answers as it is told.
public final class MerchantServer implements AutoCloseable {
  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostUnderWay = new AtomicInteger();
  private final Semaphore released = new Semaphore(0);
  private volatile boolean hanging;
  private volatile IntFunction<Reply> replies = _ -> Reply.of(204);

  private MerchantServer(HttpServer server) {
    this.server = server;
  }

  /// A webhook as it arrived.
  public record Received(String path, HttpHeaders headers, String body) {
    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  /// An answer; `location` makes it a redirect.
  public record Reply(int status, String location, int bytes) {
    public static Reply of(int status) {
      return new Reply(status, "", 0);
    }
  }

  public static MerchantServer http() {
    try {
      return started(HttpServer.create(address(), 64));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static MerchantServer https(SSLContext context) {
    try {
      HttpsServer server = HttpsServer.create(address(), 64);
      server.setHttpsConfigurator(new HttpsConfigurator(context));
      return started(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url(String path) {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://localhost:" + port() + path;
  }

  /// What to answer to the n-th request, from 1.
  public void reply(IntFunction<Reply> byNumber) {
    replies = byNumber;
  }

  /// Keeps every request waiting until [#release].
  public void hang() {
    hanging = true;
  }

  public void release() {
    hanging = false;
    released.release(1_000);
  }

  public List<Received> received() {
    return List.copyOf(received);
  }

  public int mostUnderWay() {
    return mostUnderWay.get();
  }

  @Override
  public void close() {
    release();
    server.stop(0);
  }

  /// Every local address, so that one can be called by a name that is not its own.
  private static InetSocketAddress address() {
    return new InetSocketAddress(0);
  }

  private static MerchantServer started(HttpServer server) {
    MerchantServer merchant = new MerchantServer(server);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", merchant::answer);
    server.start();
    return merchant;
  }

  private void answer(HttpExchange exchange) throws IOException {
    int now = underWay.incrementAndGet();
    mostUnderWay.accumulateAndGet(now, Math::max);
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      HttpHeaders headers = HttpHeaders.of(exchange.getRequestHeaders(), (_, _) -> true);
      received.add(new Received(exchange.getRequestURI().toString(), headers, body));
      int number = received.size();
      if (hanging) {
        released.acquireUninterruptibly();
      }
      Reply reply = replies.apply(number);
      if (!reply.location().isEmpty()) {
        exchange.getResponseHeaders().set("Location", reply.location());
      }
      exchange.sendResponseHeaders(reply.status(), reply.bytes() == 0 ? -1 : reply.bytes());
      if (reply.bytes() > 0) {
        exchange.getResponseBody().write(new byte[reply.bytes()]);
      }
    } finally {
      underWay.decrementAndGet();
    }
  }
}
