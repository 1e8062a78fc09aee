package io.tallystick.verify.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.verify.guess.GuessScope;
import io.tallystick.verify.guess.GuessVerdict;
import io.tallystick.verify.terminal.Terminal;
import io.tallystick.verify.terminal.TerminalName;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnedAwayTerminalsTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final Sm2PublicKey KEY = Sm2PrivateKey.generate(new SecureRandom()).publicKey();

  private final TurnedAwayTerminals turnedAway = new TurnedAwayTerminals();

  @Test
  void remembersUntilTheTerminalMayTryAgain() {
    GuessVerdict.TurnedAway verdict = verdict(START.plusSeconds(60));
    turnedAway.remember(terminal("t1"), verdict, START);

    assertThat(turnedAway.find(terminal("t1"), START.plusSeconds(59))).contains(verdict);
    assertThat(turnedAway.find(terminal("t2"), START)).isEmpty();
    assertThat(turnedAway.find(terminal("t1"), START.plusSeconds(60))).isEmpty();
  }

  @Test
  void makesRoomByForgettingThoseThatMayTryAgain() {
    for (int i = 0; i < TurnedAwayTerminals.MOST; i++) {
      turnedAway.remember(terminal("old" + i), verdict(START.plusSeconds(60)), START);
    }
    turnedAway.remember(terminal("early"), verdict(START.plusSeconds(600)), START);
    assertThat(turnedAway.find(terminal("early"), START)).isEmpty();

    Instant later = START.plusSeconds(60);
    GuessVerdict.TurnedAway verdict = verdict(later.plusSeconds(600));
    turnedAway.remember(terminal("late"), verdict, later);

    assertThat(turnedAway.find(terminal("late"), later)).contains(verdict);
  }

  private static GuessVerdict.TurnedAway verdict(Instant until) {
    return new GuessVerdict.TurnedAway(GuessScope.TERMINAL, until);
  }

  private static Terminal terminal(String id) {
    return new Terminal(
        new TerminalName(MerchantId.of("shop"), TerminalId.of(id)),
        KEY,
        List.of(),
        Optional.empty(),
        0,
        Optional.empty());
  }
}
