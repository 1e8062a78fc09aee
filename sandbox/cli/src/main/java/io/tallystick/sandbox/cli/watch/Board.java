package io.tallystick.sandbox.cli.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the screen says: lines of text from two moments. At most [#HEIGHT] lines of [#WIDTH]
/// characters.
final class Board {
  static final int WIDTH = 80;
  static final int HEIGHT = 23;
  private static final double P99 = 0.99;

  private final Map<String, Moment> services;

  /// Two scrapes of one service; both absent while it can't be reached.
  record Moment(@Nullable Scrape earlier, @Nullable Scrape later) {}

  /// @param services by short name, in the order in which they are shown
  Board(Map<String, Moment> services) {
    this.services = services;
  }

  List<String> lines(String title) {
    List<String> lines = new ArrayList<>();
    lines.add(title);
    lines.add("");
    lines.add("service     calls/s  fail/s    p99 ms  outbox s  stream lag s  dead letters  heap");
    services.forEach((name, moment) -> lines.add(row(name, moment)));
    lines.add("");
    lines.addAll(codes());
    lines.addAll(taps());
    lines.addAll(money());
    lines.addAll(payers());
    return lines.stream().limit(HEIGHT).map(Board::cut).toList();
  }

  /// The same in one line, for where nothing can be redrawn.
  String line() {
    double calls =
        services.values().stream()
            .filter(m -> m.earlier() != null && m.later() != null)
            .mapToDouble(m -> m.later().rate(m.earlier(), Calls::count))
            .sum();
    long up = services.values().stream().filter(m -> m.later() != null).count();
    return text(
        "%d/%d services, %.1f calls/s, %.1f codes/s, %.0f taps waiting, frozen %s, dead letters %.0f, ledger %s",
        up,
        services.size(),
        calls,
        rate("verify", s -> s.sum("tallystick_verify_code_payments_total")),
        now("clearing", "tallystick_clearing_taps_waiting"),
        amounts("tallystick_clearing_frozen_minor"),
        services.keySet().stream().mapToDouble(name -> now(name, "tallystick_dead_letters")).sum(),
        balance());
  }

  private String row(String name, Moment moment) {
    Scrape later = moment.later();
    if (later == null) {
      return text("%-10s  not reachable", name);
    }
    Scrape earlier = moment.earlier() == null ? later : moment.earlier();
    return text(
        "%-10s %8.1f %7.1f %9s %9.1f %13.1f %13.0f %4.0fM",
        name,
        later.rate(earlier, Calls::count),
        later.rate(earlier, Calls::failed),
        millis(Calls.quantileMillis(earlier, later, P99)),
        later.max("tallystick_outbox_age_seconds"),
        later.max("tallystick_stream_lag_seconds"),
        later.sum("tallystick_dead_letters"),
        heap(later));
  }

  private List<String> codes() {
    Map<String, Double> outcomes = by("verify", "tallystick_verify_code_payments_total", "outcome");
    String declined =
        outcomes.entrySet().stream()
            .filter(e -> e.getValue() > 0 && !e.getKey().equals("paid"))
            .map(e -> text("%s %.0f", e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
    return List.of(
        text(
            "codes     %.1f/s; paid %.0f",
            rate("verify", s -> s.sum("tallystick_verify_code_payments_total")),
            outcomes.getOrDefault("paid", 0.0)),
        "          " + (declined.isEmpty() ? "none declined" : declined));
  }

  private List<String> taps() {
    return List.of(
        text(
            "taps      halves %.1f/s; waiting for the other half %.0f, the oldest %s",
            rate("verify", s -> s.sum("tallystick_verify_halves_total")),
            now("clearing", "tallystick_clearing_taps_waiting"),
            age(now("clearing", "tallystick_clearing_oldest_unmatched_half_seconds"))),
        text("risk      %s", joined(by("risk", "tallystick_risk_decisions_total", "outcome"))));
  }

  private List<String> money() {
    return List.of(
        text(
            "frozen    %s in %.0f payments",
            amounts("tallystick_clearing_frozen_minor"),
            now("clearing", "tallystick_clearing_frozen_payments")),
        text(
            "merchants %.0f payments not yet credited, the oldest %s",
            now("clearing", "tallystick_clearing_sweep_waiting"),
            age(now("clearing", "tallystick_clearing_sweep_oldest_seconds"))),
        "ledger    " + balance());
  }

  private List<String> payers() {
    return List.of(
        text(
            "asked     %.0f open; %s",
            now("notify", "tallystick_notify_challenges_open"),
            joined(by("notify", "tallystick_notify_challenges_total", "outcome"))),
        text(
            "told      %.0f listening; webhooks waiting %.0f, the oldest %s; SMS waiting %.0f",
            now("notify", "tallystick_notify_inbox_streams"),
            now("notify", "tallystick_notify_webhook_backlog"),
            age(now("notify", "tallystick_notify_webhook_oldest_seconds")),
            now("notify", "tallystick_notify_sms_queued")));
  }

  private String balance() {
    Map<String, Double> sums =
        by("clearing", "tallystick_clearing_ledger_imbalance_minor", "currency");
    if (sums.isEmpty()) {
      return "not looked at yet";
    }
    return sums.values().stream().allMatch(sum -> sum == 0)
        ? "in balance"
        : "OUT OF BALANCE " + joined(sums);
  }

  private String amounts(String name) {
    String all =
        by("clearing", name, "currency").entrySet().stream()
            .map(e -> text("%.2f %s", e.getValue() / 100, e.getKey()))
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "nothing" : all;
  }

  private double rate(String service, ToDoubleFunction<Scrape> number) {
    Moment moment = services.get(service);
    return moment == null || moment.earlier() == null || moment.later() == null
        ? 0
        : moment.later().rate(moment.earlier(), number);
  }

  private double now(String service, String name) {
    Moment moment = services.get(service);
    return moment == null || moment.later() == null ? 0 : moment.later().sum(name);
  }

  private Map<String, Double> by(String service, String name, String label) {
    Moment moment = services.get(service);
    return moment == null || moment.later() == null ? Map.of() : moment.later().by(name, label);
  }

  private static String joined(Map<String, Double> numbers) {
    String all =
        numbers.entrySet().stream()
            .map(e -> text("%s %.0f", e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "nothing yet" : all;
  }

  private static double heap(Scrape scrape) {
    return scrape.samples().stream()
            .filter(s -> s.name().equals("jvm_memory_used_bytes"))
            .filter(s -> s.label("area").equals("heap"))
            .mapToDouble(Scrape.Sample::value)
            .sum()
        / (1024 * 1024);
  }

  private static String millis(double bound) {
    if (bound == 0) {
      return "-";
    }
    return Double.isInfinite(bound) ? "> 10000" : text("≤ %.0f", bound);
  }

  private static String age(double seconds) {
    if (seconds < 120) {
      return text("%.0f s", seconds);
    }
    return seconds < 7_200 ? text("%.0f min", seconds / 60) : text("%.1f h", seconds / 3_600);
  }

  private static String cut(String line) {
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
