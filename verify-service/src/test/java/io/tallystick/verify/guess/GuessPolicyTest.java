package io.tallystick.verify.guess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuessPolicyTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:02:00Z");
  private static final GuessLimit LIMIT = new GuessLimit(3, Duration.ofMinutes(5));
  private static final List<GuessKey> KEYS = GuessPolicy.keys("shop", "t1", "alias");

  private final GuessPolicy policy = new GuessPolicy(limits());

  /// Which scopes have reached their limit, and the severest verdict that follows.
  @ParameterizedTest
  @CsvSource({
    "'', Unsuspicious",
    "ALL, MustStepUp",
    "ALIAS, MustStepUp",
    "ALIAS_LONG, MustStepUp",
    "ALIAS_AT_TERMINAL, RefusedAsWrong",
    "TERMINAL, TurnedAway",
    "MERCHANT, TurnedAway",
    "ALIAS ALL, MustStepUp",
    "ALIAS_AT_TERMINAL ALIAS ALL, RefusedAsWrong",
    "TERMINAL ALIAS_AT_TERMINAL ALIAS ALL, TurnedAway",
    "MERCHANT ALIAS_AT_TERMINAL, TurnedAway",
  })
  void letsTheSeverestVerdictCount(String reached, String verdict) {
    Map<GuessKey, WrongCodes> counts = new HashMap<>();
    for (GuessKey key : KEYS) {
      boolean isReached = List.of(reached.split(" ")).contains(key.scope().name());
      counts.put(key, new WrongCodes(isReached ? 3 : 2, 0));
    }

    assertThat(policy.judge(KEYS, counts, NOW).getClass().getSimpleName()).isEqualTo(verdict);
  }

  @Test
  void countsTheWindowBeforeToo() {
    GuessKey terminal = KEYS.getFirst();

    assertThat(policy.judge(KEYS, Map.of(terminal, new WrongCodes(1, 2)), NOW))
        .isInstanceOf(GuessVerdict.TurnedAway.class);
    assertThat(policy.judge(KEYS, Map.of(terminal, new WrongCodes(1, 1)), NOW))
        .isInstanceOf(GuessVerdict.Unsuspicious.class);
  }

  @Test
  void saysWhenATerminalMayTryAgain() {
    Instant windowEnd = Instant.parse("2026-03-01T12:05:00Z");

    assertThat(LIMIT.reachedUntil(new WrongCodes(1, 2), NOW)).isEqualTo(windowEnd);
    assertThat(LIMIT.reachedUntil(new WrongCodes(3, 0), NOW))
        .isEqualTo(windowEnd.plus(Duration.ofMinutes(5)));
  }

  @Test
  void keepsTerminalsMerchantsAndAliasesApart() {
    assertThat(KEYS.stream().map(GuessKey::subject))
        .containsExactly("shop/t1", "shop", "alias@shop/t1", "alias", "alias", "all");
    assertThat(GuessPolicy.keys("shop", "t1", "other")).isNotEqualTo(KEYS);
  }

  @Test
  void needsALimitForEveryScope() {
    Map<GuessScope, GuessLimit> limits = limits();
    limits.remove(GuessScope.ALL);

    assertThatThrownBy(() -> new GuessPolicy(limits)).hasMessageContaining("all");
  }

  private static Map<GuessScope, GuessLimit> limits() {
    Map<GuessScope, GuessLimit> limits = new EnumMap<>(GuessScope.class);
    for (GuessScope scope : GuessScope.values()) {
      limits.put(scope, LIMIT);
    }
    return limits;
  }
}
