package io.tallystick.notify.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.kit.sealing.KeyEncryptionKeyList;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VaultTest {
  private static final String KEYS =
      "1:000102030405060708090a0b0c0d0e0f\n# replaced\n2:101112131415161718191a1b1c1d1e1f";

  @Test
  void opensOnlyInTheRowItWasSealedFor() {
    Vault vault = new Vault(2, keys());
    byte[] sealed = vault.sealText("+8613812345678", "payer.phone", "payer-1");
    assertThat(vault.openText(sealed, "payer.phone", "payer-1")).isEqualTo("+8613812345678");
    assertThatThrownBy(() -> vault.open(sealed, "payer.phone", "payer-2"))
        .isInstanceOf(SealBrokenException.class)
        .hasMessageContaining("payer.phone")
        .hasMessageNotContaining("138");
    assertThatThrownBy(() -> vault.open(sealed, "sms.number", "payer-1"))
        .isInstanceOf(SealBrokenException.class);
    sealed[sealed.length - 1] ^= 1;
    assertThatThrownBy(() -> vault.open(sealed, "payer.phone", "payer-1"))
        .isInstanceOf(SealBrokenException.class);
  }

  @Test
  void opensWhatAnEarlierKeySealed() {
    byte[] sealed = new Vault(1, keys()).sealText("x", "a", "b");
    assertThat(new Vault(2, keys()).openText(sealed, "a", "b")).isEqualTo("x");
    Map<Integer, byte[]> onlySecond = new TreeMap<>(keys());
    onlySecond.remove(1);
    assertThatThrownBy(() -> new Vault(2, onlySecond).open(sealed, "a", "b"))
        .isInstanceOf(SealBrokenException.class);
  }

  @Test
  void erasesTheKeysItWasGiven() {
    Map<Integer, byte[]> keys = keys();
    new Vault(1, keys);
    assertThat(HexFormat.of().formatHex(keys.get(2))).isEqualTo("0".repeat(32));
  }

  private static Map<Integer, byte[]> keys() {
    return KeyEncryptionKeyList.parse(KEYS, OptionalInt.of(1)).keys();
  }
}
