package io.tallystick.risk.thresholds;

import static java.util.Objects.requireNonNull;

import io.tallystick.risk.rule.RuleBook;

/// A set of thresholds that was read and found good.
///
/// @param ruleBook its version is `<version of the file>+<digest>`
/// @param effectiveText the whole in one canonical form, which the digest is made of and which is
///   kept for replay
public record Thresholds(RuleBook ruleBook, String effectiveText) {
  public Thresholds {
    requireNonNull(ruleBook, "ruleBook is null");
    requireNonNull(effectiveText, "effectiveText is null");
  }

  public String version() {
    return ruleBook.version();
  }
}
