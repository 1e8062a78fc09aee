package io.tallystick.sandbox.cli.watch;

import io.tallystick.sandbox.cli.watch.Board.Moment;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sandbox.platform.PlatformDescription.RestAddresses;
import io.tallystick.sandbox.platform.PlatformTls;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the services' metrics every few seconds and redraws the screen in place; without a
/// terminal it prints a line instead, less often.
public final class Watch implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final Duration PERIOD_OF_LINES = Duration.ofSeconds(10);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

  private final Map<String, URI> services = new LinkedHashMap<>();
  private final HttpClient client;
  private final PrintStream out;
  private final boolean terminal;
  private Map<String, Moment> seen = Map.of();

  private Watch(
      PlatformDescription platform, HttpClient client, PrintStream out, boolean terminal) {
    RestAddresses rest = platform.rest();
    services.put("verify", rest.verifyService());
    services.put("seed", rest.seedService());
    services.put("risk", rest.riskService());
    services.put("clearing", rest.clearingService());
    services.put("notify", rest.notifyService());
    this.client = client;
    this.out = out;
    this.terminal = terminal;
  }

  /// A watch of a running platform on standard output.
  public static Watch of(PlatformDescription platform) throws IOException {
    boolean terminal =
        System.console() != null
            && System.console().isTerminal()
            && !"dumb".equals(System.getenv("TERM"));
    return of(platform, System.out, terminal);
  }

  static Watch of(PlatformDescription platform, PrintStream out, boolean terminal)
      throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(PlatformTls.trusting(platform.caFile()))
            .connectTimeout(ANSWER_LIMIT)
            .build();
    return new Watch(platform, client, out, terminal);
  }

  /// Shows the platform until `end` completes.
  ///
  /// @return what ended it
  public String until(CompletableFuture<String> end) throws InterruptedException {
    if (!terminal) {
      return until(end, PERIOD_OF_LINES, board -> out.println(now() + "  " + board.line()));
    }
    try (Screen screen = Screen.begin(out)) {
      return until(
          end,
          PERIOD,
          board -> screen.draw(board.lines("Tallystick  " + now() + "  Ctrl-C stops everything")));
    }
  }

  private String until(CompletableFuture<String> end, Duration period, Consumer<Board> show)
      throws InterruptedException {
    while (true) {
      show.accept(look());
      try {
        return end.get(period.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        // Time for the next look.
      } catch (ExecutionException e) {
        throw new AssertionError("an end is told, not thrown", e);
      }
    }
  }

  private static LocalTime now() {
    return LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
  }

  /// One look at every service.
  Board look() {
    Map<String, CompletableFuture<@Nullable Scrape>> asked = new LinkedHashMap<>();
    services.forEach((name, address) -> asked.put(name, scrape(address)));
    Map<String, Moment> now = new LinkedHashMap<>();
    asked.forEach((name, answer) -> {
      Moment before = seen.get(name);
      now.put(name, new Moment(before == null ? null : before.later(), answer.join()));
    });
    seen = now;
    return new Board(now);
  }

  private CompletableFuture<@Nullable Scrape> scrape(URI address) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/q/metrics"))
            .header("Accept", "text/plain; version=0.0.4")
            .timeout(ANSWER_LIMIT)
            .build();
    return client
        .sendAsync(request, BodyHandlers.ofString())
        .<@Nullable Scrape>thenApply(Watch::parsed)
        .exceptionally(_ -> null);
  }

  private static @Nullable Scrape parsed(HttpResponse<String> answer) {
    return answer.statusCode() == 200 ? Scrape.parse(System.nanoTime(), answer.body()) : null;
  }

  @Override
  public void close() {
    client.close();
  }
}
