package io.tallystick.risk.rule;

import io.tallystick.protocol.tap.IntegrityFlag;
import io.tallystick.risk.history.History;
import io.tallystick.risk.observation.Behaviour;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.TapEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the wallet's own checks of its phone found. Some flags are reason to ask, others to refuse;
/// flags that are named in neither list pass.
public record IntegrityRule(Thresholds thresholds) implements RiskRule {
  /// @param freeze flags of which any one freezes
  /// @param refuse flags of which any one refuses
  public record Thresholds(Set<IntegrityFlag> freeze, Set<IntegrityFlag> refuse) {
    public Thresholds {
      freeze = Set.copyOf(freeze);
      refuse = Set.copyOf(refuse);
    }
  }

  @Override
  public RuleName name() {
    return RuleName.INTEGRITY;
  }

  @Override
  public Finding judge(Observation observation, History history) {
    Evidence evidence =
        new Evidence(name())
            .threshold("freeze", names(inOrder(thresholds.freeze())))
            .threshold("refuse", names(inOrder(thresholds.refuse())));
    TapEvidence tap = observation.tap();
    Behaviour behaviour = tap == null ? null : tap.behaviour();
    if (behaviour == null) {
      return evidence.notApplicable("no fingerprint");
    }
    List<IntegrityFlag> flags = flags(behaviour.integrityFlags());
    evidence.input("integrityFlags", names(flags));
    List<IntegrityFlag> refused = flags.stream().filter(thresholds.refuse()::contains).toList();
    List<IntegrityFlag> frozen = flags.stream().filter(thresholds.freeze()::contains).toList();
    if (refused.isEmpty() && frozen.isEmpty()) {
      return evidence.clear();
    }
    boolean refuses = !refused.isEmpty();
    return evidence.raise(
        refuses ? RiskOutcome.REFUSE : RiskOutcome.FREEZE,
        List.of(observation.paymentId()),
        "Rule integrity: the wallet of device %s reports %s; none of %s passes."
            .formatted(
                observation.deviceId(),
                names(refuses ? refused : frozen),
                names(inOrder(refuses ? thresholds.refuse() : thresholds.freeze()))));
  }

  private static List<IntegrityFlag> flags(int bits) {
    List<IntegrityFlag> flags = new ArrayList<>();
    for (IntegrityFlag flag : IntegrityFlag.values()) {
      if ((bits >> flag.ordinal() & 1) == 1) {
        flags.add(flag);
      }
    }
    return flags;
  }

  private static List<IntegrityFlag> inOrder(Set<IntegrityFlag> flags) {
    return flags.stream().sorted().toList();
  }

  private static String names(List<IntegrityFlag> flags) {
    return flags.isEmpty()
        ? "none"
        : String.join(", ", flags.stream().map(f -> f.name().toLowerCase(Locale.ROOT)).toList());
  }
}
