package io.tallystick.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.wire.MalformedException;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class RecentKeysTest {
  private final SecureRandom random = new SecureRandom();

  @Test
  void givesBackTheKeyOfThoseBytes() {
    RecentKeys recent = new RecentKeys(2);
    Sm2PublicKey key = key();
    recent.add(key);

    assertThat(recent.get(key.compressed())).containsSame(key);
    assertThat(recent.get(key().compressed())).isEmpty();
  }

  @Test
  void forgetsTheOneNotAskedForTheLongest() {
    RecentKeys recent = new RecentKeys(2);
    Sm2PublicKey first = key();
    Sm2PublicKey second = key();
    Sm2PublicKey third = key();
    recent.add(first);
    recent.add(second);
    recent.get(first.compressed());

    recent.add(third);

    assertThat(recent.size()).isEqualTo(2);
    assertThat(recent.get(second.compressed())).isEmpty();
    assertThat(recent.get(first.compressed())).containsSame(first);
    assertThat(recent.get(third.compressed())).containsSame(third);
  }

  @Test
  void keepsNoBytesThatTheCallerMayChange() {
    byte[] bytes = key().compressed();
    Sm2PublicKey read = Sm2PublicKey.fromCompressed(bytes);
    byte[] same = bytes.clone();
    bytes[5] ^= 1;

    assertThat(Sm2PublicKey.fromCompressed(same)).isEqualTo(read);
  }

  @Test
  void refusesABadPointEveryTime() {
    byte[] none = new byte[Sm2PublicKey.LENGTH];
    none[0] = 2;
    none[Sm2PublicKey.LENGTH - 1] = 5;
    while (isPoint(none)) {
      none[Sm2PublicKey.LENGTH - 1]++;
    }

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> Sm2PublicKey.fromCompressed(none))
          .isInstanceOf(MalformedException.class);
    }
  }

  private static boolean isPoint(byte[] compressed) {
    try {
      Sm2PublicKey.fromCompressed(compressed);
      return true;
    } catch (MalformedException refused) {
      return false;
    }
  }

  private Sm2PublicKey key() {
    return Sm2PrivateKey.generate(random).publicKey();
  }
}
