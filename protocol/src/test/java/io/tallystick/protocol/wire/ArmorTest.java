package io.tallystick.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArmorTest {
  private final byte[] bytes = new byte[100];
  private final String armor = FileFormat.RECEIPT.armor(bytes);

  @Test
  void goesThroughTextAndBack() {
    assertThat(armor)
        .startsWith("-----BEGIN TALLYSTICK RECEIPT-----\n")
        .endsWith("-----END TALLYSTICK RECEIPT-----\n");
    assertThat(armor.lines().mapToInt(String::length).max()).hasValue(64);
    assertThat(FileFormat.RECEIPT.dearmor(armor)).isEqualTo(bytes);
    assertThat(FileFormat.RECEIPT.dearmor("\r\n " + armor.replace("\n", "\r\n"))).isEqualTo(bytes);
    assertThat(Armor.decode(armor).format()).isEqualTo(FileFormat.RECEIPT);
  }

  @Test
  void refusesAnotherLabelAndEverythingDamaged() {
    assertThatThrownBy(() -> FileFormat.TAP_TOKEN.dearmor(armor))
        .isInstanceOf(MalformedException.class);
    for (String bad :
        new String[] {
          "",
          "-----BEGIN TALLYSTICK ",
          "-----BEGIN TALLYSTICK RECEIPT-----",
          armor.replace("END TALLYSTICK RECEIPT", "END TALLYSTICK TAP TOKEN"),
          armor.replace("RECEIPT", "RECIPE"),
          armor.replace("AAAA", "A!AA"),
          armor + "more",
          "before " + armor,
          armor + armor
        }) {
      assertThatThrownBy(() -> Armor.decode(bad)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void isBounded() {
    assertThatThrownBy(() -> FileFormat.RECEIPT.armor(new byte[Armor.MAX_BYTES + 1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Armor.decode("x".repeat(Armor.MAX_BYTES * 2)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("too long");
    byte[] largest = new byte[Armor.MAX_BYTES];
    assertThat(FileFormat.DENY_LIST.dearmor(FileFormat.DENY_LIST.armor(largest)))
        .hasSize(Armor.MAX_BYTES);
  }
}
