package io.tallystick.verify.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.kit.error.ApiException;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.verify.terminal.Terminal;
import io.tallystick.verify.terminal.TerminalName;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminalSlotsTest {
  @Test
  void boundsEachTerminalByItself() {
    TerminalSlots slots = new TerminalSlots(2);
    TerminalSlots.Slot first = slots.take(terminal("t1"));
    TerminalSlots.Slot second = slots.take(terminal("t1"));

    assertThatThrownBy(() -> slots.take(terminal("t1")))
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> assertThat(refused.reason()).isEqualTo("TOO_MANY_IN_FLIGHT"));
    assertThatCode(() -> slots.take(terminal("t2"))).doesNotThrowAnyException();
    first.close();
    assertThatCode(() -> slots.take(terminal("t1"))).doesNotThrowAnyException();
    second.close();
  }

  private static Terminal terminal(String id) {
    return new Terminal(
        new TerminalName(MerchantId.of("shop"), TerminalId.of(id)),
        Sm2PrivateKey.generate(new SecureRandom()).publicKey(),
        List.of(),
        Optional.empty(),
        0,
        Optional.empty());
  }
}
