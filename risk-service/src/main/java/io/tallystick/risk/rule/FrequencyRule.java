package io.tallystick.risk.rule;

import io.tallystick.risk.history.Confirmation;
import io.tallystick.risk.history.History;
import io.tallystick.risk.history.KnownPayment;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Too many payments of one payer in a short time, by payment time.
///
/// A window is a span of payment time that holds this payment: the fullest one counts, wherever it
/// starts, so that a tap that comes late is judged as if it had come in time. Both ends belong to
/// the window. Every payment made counts, whatever became of it, except those that the payer
/// vouched for in a challenge about this rule.
public record FrequencyRule(Thresholds thresholds) implements RiskRule {
  /// @param windows at least one, at most [#MAX_WINDOWS]
  public record Thresholds(RiskOutcome outcome, List<Window> windows) {
    public static final int MAX_WINDOWS = 8;

    public Thresholds {
      windows = List.copyOf(windows);
    }

    /// The longest window.
    public Duration longest() {
      return windows.stream().map(Window::length).max(Comparator.naturalOrder()).orElseThrow();
    }
  }

  /// What a window counts.
  public enum Counted {
    TAP,
    CODE,
    ANY;

    boolean counts(Way way) {
      return switch (this) {
        case TAP -> way.isTap();
        case CODE -> !way.isTap();
        case ANY -> true;
      };
    }

    String noun() {
      return switch (this) {
        case TAP -> "tap";
        case CODE -> "code payment";
        case ANY -> "payment";
      };
    }
  }

  /// @param mostPayments what passes; one more does not
  public record Window(Duration length, Counted counted, int mostPayments) {
    private String suffix() {
      String noun =
          switch (counted) {
            case TAP -> "Taps";
            case CODE -> "Codes";
            case ANY -> "Payments";
          };
      return noun + "In" + length.toSeconds() + "Seconds";
    }
  }

  private record Made(String paymentId, Instant at) {}

  @Override
  public RuleName name() {
    return RuleName.FREQUENCY;
  }

  @Override
  public Finding judge(Observation observation, History history) {
    Evidence evidence = new Evidence(name());
    Set<String> vouchedFor = vouchedFor(history);
    Window broken = null;
    List<Made> culprits = List.of();
    for (Window window : thresholds.windows()) {
      if (!window.counted().counts(observation.way())) {
        continue;
      }
      List<Made> fullest = fullest(window, observation, history, vouchedFor);
      evidence.input("made" + window.suffix(), fullest.size());
      evidence.threshold("most" + window.suffix(), window.mostPayments());
      // The first window broken explains; the others' figures are kept beside it.
      if (broken == null && fullest.size() > window.mostPayments()) {
        broken = window;
        culprits = fullest;
      }
    }
    if (broken == null) {
      return evidence.clear();
    }
    return evidence.raise(
        thresholds.outcome(),
        culprits.stream().map(Made::paymentId).toList(),
        "Rule frequency: %s within %s, from %s to %s; at most %d pass without a question."
            .formatted(
                Figures.count(culprits.size(), broken.counted().noun()),
                Figures.duration(broken.length()),
                Figures.instant(culprits.getFirst().at()),
                Figures.instant(culprits.getLast().at()),
                broken.mostPayments()));
  }

  private static Set<String> vouchedFor(History history) {
    Set<String> ids = new HashSet<>();
    for (Confirmation confirmation : history.confirmations()) {
      if (confirmation.rule().equals(RuleName.FREQUENCY.wire())) {
        ids.add(confirmation.paymentId());
        ids.addAll(confirmation.triggers());
      }
    }
    return ids;
  }

  /// The payments of the fullest window that holds this one, oldest first; of equally full ones the
  /// earliest.
  private static List<Made> fullest(
      Window window, Observation observation, History history, Set<String> vouchedFor) {
    Made self = new Made(observation.paymentId(), observation.paidAt());
    List<Made> made = new ArrayList<>();
    for (KnownPayment known : history.nearby()) {
      boolean near =
          Duration.between(known.paidAt(), self.at()).abs().compareTo(window.length()) <= 0;
      if (near
          && window.counted().counts(known.way())
          && !known.paymentId().equals(self.paymentId())
          && !vouchedFor.contains(known.paymentId())) {
        made.add(new Made(known.paymentId(), known.paidAt()));
      }
    }
    made.add(self);
    made.sort(Comparator.comparing(Made::at).thenComparing(Made::paymentId));
    List<Made> fullest = List.of(self);
    for (int first = 0; first < made.size() && !made.get(first).at().isAfter(self.at()); first++) {
      Instant end = made.get(first).at().plus(window.length());
      int past = first;
      while (past < made.size() && !made.get(past).at().isAfter(end)) {
        past++;
      }
      if (past - first > fullest.size()) {
        fullest = made.subList(first, past);
      }
    }
    return fullest;
  }
}
