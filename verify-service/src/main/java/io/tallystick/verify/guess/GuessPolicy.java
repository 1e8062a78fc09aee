package io.tallystick.verify.guess;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The limits of every scope and what follows from the counts. Pure: counts in, verdict out.
public final class GuessPolicy {
  private final Map<GuessScope, GuessLimit> limits;

  public GuessPolicy(Map<GuessScope, GuessLimit> limits) {
    this.limits = new EnumMap<>(requireNonNull(limits, "limits is null"));
    for (GuessScope scope : GuessScope.values()) {
      if (!this.limits.containsKey(scope)) {
        throw new IllegalArgumentException("no limit for scope " + scope.label());
      }
    }
  }

  public GuessLimit limit(GuessScope scope) {
    return requireNonNull(limits.get(scope), "every scope has a limit");
  }

  /// The counters that a presentation is judged by and, when it is wrong, counted under.
  ///
  /// @param merchant the terminal's merchant
  /// @param terminal inside that merchant
  /// @param alias keyed digest of the code's first twelve digits
  public static List<GuessKey> keys(String merchant, String terminal, String alias) {
    String at = merchant + "/" + terminal;
    List<GuessKey> keys = new ArrayList<>(GuessScope.values().length);
    for (GuessScope scope : GuessScope.values()) {
      keys.add(
          switch (scope) {
            case TERMINAL -> new GuessKey(scope, at);
            case MERCHANT -> new GuessKey(scope, merchant);
            case ALIAS_AT_TERMINAL -> new GuessKey(scope, alias + "@" + at);
            case ALIAS, ALIAS_LONG -> new GuessKey(scope, alias);
            case ALL -> new GuessKey(scope, "all");
          });
    }
    return List.copyOf(keys);
  }

  /// The severest verdict; a key without a count has none.
  public GuessVerdict judge(List<GuessKey> keys, Map<GuessKey, WrongCodes> counts, Instant now) {
    GuessVerdict verdict = new GuessVerdict.Unsuspicious();
    for (GuessKey key : keys) {
      WrongCodes wrong = counts.getOrDefault(key, WrongCodes.NONE);
      GuessLimit limit = limit(key.scope());
      if (limit.isReached(wrong)) {
        verdict = severer(verdict, verdictOf(key.scope(), limit.reachedUntil(wrong, now)));
      }
    }
    return verdict;
  }

  private static GuessVerdict verdictOf(GuessScope scope, Instant until) {
    return switch (scope) {
      case TERMINAL, MERCHANT -> new GuessVerdict.TurnedAway(scope, until);
      case ALIAS_AT_TERMINAL -> new GuessVerdict.RefusedAsWrong();
      case ALIAS, ALIAS_LONG, ALL -> new GuessVerdict.MustStepUp(scope);
    };
  }

  private static GuessVerdict severer(GuessVerdict one, GuessVerdict other) {
    return severity(other) > severity(one) ? other : one;
  }

  private static int severity(GuessVerdict verdict) {
    return switch (verdict) {
      case GuessVerdict.TurnedAway _ -> 3;
      case GuessVerdict.RefusedAsWrong _ -> 2;
      case GuessVerdict.MustStepUp _ -> 1;
      case GuessVerdict.Unsuspicious _ -> 0;
    };
  }
}
