package io.tallystick.risk.thresholds;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicReference;

/// Holds the thresholds in force. A batch takes them once, so that all its decisions carry one
/// version.
public final class RuleBooks {
  private final AtomicReference<Thresholds> inForce;

  public RuleBooks(Thresholds first) {
    inForce = new AtomicReference<>(requireNonNull(first, "first is null"));
  }

  public Thresholds current() {
    return inForce.get();
  }

  /// Puts other thresholds in force; batches under way end with those they took.
  public void replace(Thresholds next) {
    inForce.set(requireNonNull(next, "next is null"));
  }
}
