package io.tallystick.e2e;

import io.tallystick.sandbox.platform.Platform;
import io.tallystick.sandbox.platform.PlatformTls;
import io.tallystick.sandbox.platform.Replica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Predicate;

/// What one replica counts.
final class ReplicaMetrics implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Platform platform;
  private final HttpClient client;

  ReplicaMetrics(Platform platform) throws IOException {
    this.platform = platform;
    this.client =
        HttpClient.newBuilder()
            .sslContext(PlatformTls.trusting(platform.description().caFile()))
            .connectTimeout(LIMIT)
            .build();
  }

  /// Events that had their effect in this process.
  double consumed(Replica replica) {
    return sum(replica, line -> line.startsWith("tallystick_events_consumed_total{"));
  }

  /// Calls of this process to other services that got no answer, each attempt counted.
  double unanswered(Replica replica) {
    return sum(
        replica,
        line ->
            line.startsWith("grpc_client_processing_duration_seconds_count{")
                && line.contains("statusCode=\"UNAVAILABLE\""));
  }

  private double sum(Replica replica, Predicate<String> wanted) {
    return text(replica)
        .lines()
        .filter(wanted)
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private String text(Replica replica) {
    HttpRequest request =
        HttpRequest.newBuilder(platform.restAddress(replica).resolve("/q/metrics"))
            .timeout(LIMIT)
            .build();
    try {
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
