package io.tallystick.risk.thresholds;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// Holds the thresholds in force, and why a newer file was not taken. A batch takes them once, so
/// that all its decisions carry one version.
public final class RuleBooks {
  private volatile Thresholds inForce;
  private volatile Optional<String> refusal = Optional.empty();

  public RuleBooks(Thresholds first) {
    inForce = requireNonNull(first, "first is null");
  }

  public Thresholds current() {
    return inForce;
  }

  /// Puts other thresholds in force; batches under way end with those they took.
  public void replace(Thresholds next) {
    inForce = requireNonNull(next, "next is null");
    refusal = Optional.empty();
  }

  /// The configured file is what is in force.
  public void confirm() {
    refusal = Optional.empty();
  }

  /// The configured file was refused; what is in force stays.
  public void refuse(String why) {
    refusal = Optional.of(why);
  }

  /// Why the configured file is not in force; empty when it is.
  public Optional<String> refusal() {
    return refusal;
  }
}
