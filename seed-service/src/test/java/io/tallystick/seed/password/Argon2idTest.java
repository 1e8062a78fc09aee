package io.tallystick.seed.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.seed.password.Argon2id.Cost;
import io.tallystick.seed.password.Argon2id.Verdict;
import io.tallystick.seed.sealing.PasswordPepper;
import io.tallystick.seed.sealing.SealBrokenException;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Argon2idTest {
  private static final byte[] KEY_1 = "0123456789abcdef".getBytes();
  private static final byte[] KEY_2 = "fedcba9876543210".getBytes();
  private static final PaymentPassword PASSWORD = new PaymentPassword("739164");
  private static final Cost CHEAP = new Cost(64, 1, 1);

  private final Argon2id argon2id = argon2id(CHEAP, PasswordPepper.of(1, Map.of(1, KEY_1)));

  @Test
  void tellsRightFromWrong() {
    String phc = argon2id.hash(PASSWORD);

    assertThat(argon2id.verify(PASSWORD, phc)).isEqualTo(new Verdict(true, false));
    assertThat(argon2id.verify(new PaymentPassword("739165"), phc))
        .isEqualTo(new Verdict(false, false));
  }

  @Test
  void saltsEachHash() {
    assertThat(argon2id.hash(PASSWORD)).isNotEqualTo(argon2id.hash(PASSWORD));
  }

  @Test
  void isUselessWithoutThePepper() {
    String phc = argon2id.hash(PASSWORD);
    Argon2id thief = argon2id(CHEAP, PasswordPepper.of(1, Map.of(1, KEY_2)));

    assertThat(thief.verify(PASSWORD, phc).right()).isFalse();
  }

  @Test
  void saysWhenAHashIsStale() {
    String phc = argon2id.hash(PASSWORD);
    PasswordPepper rotated = PasswordPepper.of(2, Map.of(1, KEY_1, 2, KEY_2));

    assertThat(argon2id(CHEAP, rotated).verify(PASSWORD, phc)).isEqualTo(new Verdict(true, true));
    assertThat(
            argon2id(new Cost(128, 1, 1), PasswordPepper.of(1, Map.of(1, KEY_1)))
                .verify(PASSWORD, phc))
        .isEqualTo(new Verdict(true, true));
  }

  @Test
  void refusesToGuessWithoutTheVersionOfThePepper() {
    String phc = argon2id.hash(PASSWORD);
    Argon2id without = argon2id(CHEAP, PasswordPepper.of(2, Map.of(2, KEY_2)));

    assertThatThrownBy(() -> without.verify(PASSWORD, phc)).isInstanceOf(SealBrokenException.class);
  }

  @Test
  void refusesOtherForms() {
    assertThatThrownBy(() -> argon2id.verify(PASSWORD, "$2b$10$abc"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining("abc");
  }

  private static Argon2id argon2id(Cost cost, PasswordPepper pepper) {
    return new Argon2id(cost, pepper, new SecureRandom());
  }
}
