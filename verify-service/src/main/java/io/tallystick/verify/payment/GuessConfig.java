package io.tallystick.verify.payment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.tallystick.verify.guess.GuessLimit;
import io.tallystick.verify.guess.GuessPolicy;
import io.tallystick.verify.guess.GuessScope;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// Limits on wrong codes. Each holds for the current window and the one before it together.
@ConfigMapping(prefix = "tallystick.verify.guess")
public interface GuessConfig {
  /// Window of every limit but the long one.
  @WithDefault("PT5M")
  Duration window();

  /// Window of the long limit on an alias.
  @WithDefault("PT24H")
  Duration longWindow();

  /// Wrong codes at one terminal, then its calls are turned away.
  @WithDefault("30")
  int terminal();

  /// Wrong codes at one merchant, then its calls are turned away.
  @WithDefault("300")
  int merchant();

  /// Wrong codes with one alias at one terminal, then this alias is refused there.
  @WithDefault("8")
  int aliasAtTerminal();

  /// Wrong codes with one alias anywhere, then its right codes step up.
  @WithDefault("10")
  int alias();

  /// As `alias`, over the long window.
  @WithDefault("30")
  int aliasLong();

  /// Wrong codes in all, then every right code steps up.
  @WithDefault("20000")
  int all();

  default GuessPolicy policy() {
    Map<GuessScope, GuessLimit> limits = new EnumMap<>(GuessScope.class);
    limits.put(GuessScope.TERMINAL, new GuessLimit(terminal(), window()));
    limits.put(GuessScope.MERCHANT, new GuessLimit(merchant(), window()));
    limits.put(GuessScope.ALIAS_AT_TERMINAL, new GuessLimit(aliasAtTerminal(), window()));
    limits.put(GuessScope.ALIAS, new GuessLimit(alias(), window()));
    limits.put(GuessScope.ALIAS_LONG, new GuessLimit(aliasLong(), longWindow()));
    limits.put(GuessScope.ALL, new GuessLimit(all(), window()));
    return new GuessPolicy(limits);
  }
}
