package io.tallystick.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.trace.Traceparent;
import io.tallystick.sandbox.cli.device.TerminalFile;
import io.tallystick.sdk.terminal.Terminal;
import io.tallystick.sdk.terminal.platform.CodePayments;
import io.tallystick.sdk.terminal.platform.OrderState;
import io.tallystick.sdk.terminal.platform.TapUploader;
import io.tallystick.sdk.terminal.platform.VerifyConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The trace id that a terminal chose is on the bill and on what the payer is told, and the spans
/// of all the services between them are of that trace.
class TraceIT {
  private static final Path FOLDER =
      RunningPlatform.folder("trace-" + ProcessHandle.current().pid());
  private static final String WALLET = FOLDER.resolve("tara.wallet").toString();
  private static final Path TERMINAL = FOLDER.resolve("trace.terminal");
  private static final Duration LIMIT = Duration.ofSeconds(40);

  @BeforeAll
  static void enrol() throws Exception {
    Files.createDirectories(FOLDER);
    Commands.ok("bank", "deposit", "--payer", "tara", "--amount", "300.00");
    Commands.ok(login("wallet", "password", "set", "--new=739164"));
    Commands.ok(login("wallet", "enrol", "--payment-password=739164"));
    Commands.ok(
        "terminal",
        "setup",
        "--terminal",
        TERMINAL.toString(),
        "--merchant",
        "TRACED",
        "--id",
        "T");
    Commands.ok("terminal", "pack", "--terminal", TERMINAL.toString());
  }

  @Test
  void codePaymentKeepsTheTerminalsTrace() {
    Traceparent trace = Traceparent.fresh();
    String code =
        Commands.ok("wallet", "code", "--offline", "--refresh", "--digits-only", "--wallet", WALLET)
            .strip();
    try (VerifyConnection platform = connect(trace)) {
      OrderState state =
          new CodePayments(platform, Clock.systemUTC()).pay("traced-1", code, Money.of(420, "CNY"));
      assertThat(state).isInstanceOf(OrderState.Paid.class);
    }
    JsonObject bill = bill(paid -> text(paid, "orderId").equals("traced-1"));
    assertThat(text(bill, "traceId")).isEqualTo(trace.traceId());
    assertTold(bill, trace);
    assertSpans(
        trace,
        "clearing-service",
        "notify-service",
        "risk-service",
        "seed-service",
        "verify-service");
  }

  @Test
  void tapKeepsTheTraceOfItsUploadThroughTheStreams() {
    Traceparent trace = Traceparent.fresh();
    Commands.ok(
        "wallet", "tap", "--wallet", WALLET, "--terminal", TERMINAL.toString(), "--amount", "1.10");
    try (VerifyConnection platform = connect(trace);
        Terminal terminal = TerminalFile.read(TERMINAL).open()) {
      List<TapUploader.Result> results = new TapUploader(terminal.journal(), platform).upload();
      assertThat(results).singleElement().isInstanceOf(TapUploader.Result.Accepted.class);
    }
    JsonObject bill = bill(paid -> text(paid, "kind").equals("tap"));
    assertThat(text(bill, "traceId")).isEqualTo(trace.traceId());
    assertTold(bill, trace);
    assertSpans(trace, "clearing-service", "notify-service", "risk-service", "verify-service");
  }

  private static String[] login(String... command) {
    return Commands.join(command, "--user", "tara", "--user-password=secret", "--wallet", WALLET);
  }

  private static VerifyConnection connect(Traceparent trace) {
    return TerminalFile.read(TERMINAL)
        .connect(RunningPlatform.get().description().grpc().verifyService(), () -> trace);
  }

  private static JsonObject bill(Predicate<JsonObject> wanted) {
    return until(() -> find(listed("bills", "wallet", "bills"), wanted));
  }

  private static void assertTold(JsonObject bill, Traceparent trace) {
    String paymentId = text(bill, "paymentId");
    JsonObject told =
        until(() ->
            find(
                listed("items", "wallet", "inbox"),
                item -> text(item, "paymentId").equals(paymentId)));
    assertThat(text(told, "traceId")).isEqualTo(trace.traceId());
  }

  private static void assertSpans(Traceparent trace, String... services) {
    SpanCollector collector = RunningPlatform.spans();
    until(() ->
        Optional.of(collector.servicesOf(trace.traceId()))
            .filter(found -> found.containsAll(List.of(services))));
    assertThat(collector.servicesOf(trace.traceId())).contains(services);
  }

  private static List<JsonElement> listed(String member, String... command) {
    return Commands.json(Commands.join(command, "--wallet", WALLET))
        .getAsJsonArray(member)
        .asList();
  }

  private static Optional<JsonObject> find(
      List<JsonElement> elements, Predicate<JsonObject> wanted) {
    return elements.stream().map(JsonElement::getAsJsonObject).filter(wanted).findFirst();
  }

  private static String text(JsonObject object, String member) {
    return object.has(member) ? object.get(member).getAsString() : "";
  }

  private static <T> T until(Supplier<Optional<T>> look) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<T> seen = look.get();
      if (seen.isPresent()) {
        return seen.get();
      }
      pause();
    }
    throw new AssertionError("not seen within " + LIMIT);
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(200));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
