package io.tallystick.verify.payment;

import io.tallystick.verify.guess.GuessScope;
import io.tallystick.verify.guess.GuessVerdict;
import io.tallystick.verify.terminal.Terminal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Terminals and merchants that the database turned away, so that their further calls cost nothing.
/// A shortcut only: the database decides, and a replica that does not remember asks it.
final class TurnedAwayTerminals {
  static final int MOST = 10_000;

  private final Map<String, GuessVerdict.TurnedAway> verdicts = new ConcurrentHashMap<>();

  void remember(Terminal terminal, GuessVerdict.TurnedAway verdict, Instant now) {
    if (verdicts.size() >= MOST) {
      verdicts.values().removeIf(old -> !now.isBefore(old.until()));
    }
    if (verdicts.size() < MOST) {
      verdicts.put(subject(terminal, verdict.scope()), verdict);
    }
  }

  Optional<GuessVerdict.TurnedAway> find(Terminal terminal, Instant now) {
    return find(subject(terminal, GuessScope.TERMINAL), now)
        .or(() -> find(subject(terminal, GuessScope.MERCHANT), now));
  }

  private Optional<GuessVerdict.TurnedAway> find(String subject, Instant now) {
    GuessVerdict.TurnedAway verdict = verdicts.get(subject);
    if (verdict != null && !now.isBefore(verdict.until())) {
      verdicts.remove(subject, verdict);
      return Optional.empty();
    }
    return Optional.ofNullable(verdict);
  }

  private static String subject(Terminal terminal, GuessScope scope) {
    String merchant = terminal.merchant().value();
    return scope == GuessScope.MERCHANT ? merchant : merchant + "/" + terminal.id().value();
  }
}
