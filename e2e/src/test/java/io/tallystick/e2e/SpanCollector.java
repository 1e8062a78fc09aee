package io.tallystick.e2e;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/// Takes what the services export by OTLP over HTTP. A batch of spans is one protobuf message, in
/// which trace ids stand as their 16 bytes and the service's name as text.
final class SpanCollector {
  private static final List<String> SERVICES =
      List.of(
          "seed-service", "verify-service", "clearing-service", "risk-service", "notify-service");

  private final HttpServer server;
  private final List<String> batches = new CopyOnWriteArrayList<>();

  SpanCollector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/v1/traces",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
          batches.add(zipped ? unzipped(body) : bytes(body));
          exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// The services that exported a span of this trace.
  SortedSet<String> servicesOf(String traceId) {
    String id = bytes(HexFormat.of().parseHex(traceId));
    SortedSet<String> found = new TreeSet<>();
    for (String batch : batches) {
      if (batch.contains(id)) {
        SERVICES.stream().filter(batch::contains).forEach(found::add);
      }
    }
    return found;
  }

  private static String unzipped(byte[] body) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(body))) {
      return bytes(in.readAllBytes());
    }
  }

  /// One character a byte, so that text and ids can be searched for alike.
  private static String bytes(byte[] body) {
    return new String(body, StandardCharsets.ISO_8859_1);
  }
}
