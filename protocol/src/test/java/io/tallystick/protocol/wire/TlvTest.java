package io.tallystick.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlvTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void readsATree() {
    Tlv parsed =
        Tlv.parse(HEX.parseHex("6f0a8402f001a504c10101c200".replace("c10101c200", "9f020101")));
    assertThat(parsed.tag()).isEqualTo(0x6F);
    assertThat(parsed.child(0x84).orElseThrow().value()).containsExactly(0xF0, 0x01);
    Tlv inner = parsed.child(0xA5).orElseThrow();
    assertThat(inner.child(0x9F02).orElseThrow().value()).containsExactly(1);
    assertThat(parsed.child(0x85)).isEmpty();
  }

  @Test
  void writesMinimalLengths() {
    for (int length : new int[] {0, 1, 127, 128, 255, 256, 65_535}) {
      byte[] encoded = Tlv.primitive(0xC0, new byte[length]).encode();
      int header = length < 128 ? 2 : length < 256 ? 3 : 4;
      assertThat(encoded).hasSize(header + length);
      assertThat(Tlv.parse(encoded).value()).hasSize(length);
    }
    assertThatThrownBy(() -> Tlv.primitive(0xC0, new byte[65_536]).encode())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ends too early",
    "c0, ends too early",
    "c001, ends too early",
    "c0018080, too many",
    "c0810180, not minimal",
    "c082000180, not minimal",
    "c08200ff, not minimal",
    "c080, not of a definite form",
    "c083000001ff, not of a definite form",
    "9f8102010c, not a one- or two-byte tag",
    "9f000100, not a one- or two-byte tag",
    "e106c00101c00102, twice",
    "e102e100e1, too many",
    "e108e106e104e102e100, too deeply"
  })
  void refusesWhatIsNotStrict(String hex, String problem) {
    assertThatThrownBy(() -> Tlv.parse(HEX.parseHex(hex)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void readsTagsOfTwoBytesOfBothKinds() {
    Tlv tree = Tlv.parse(HEX.parseHex("7f21089f7f01019f010102"));
    assertThat(tree.tag()).isEqualTo(0x7F21);
    assertThat(tree.children()).extracting(Tlv::tag).containsExactly(0x9F7F, 0x9F01);
    assertThat(Tlv.constructed(0x7F21, tree.children().toArray(Tlv[]::new))).isEqualTo(tree);
    assertThat(Tlv.primitive(0x9F01, new byte[] {2})).isNotEqualTo(tree.children().get(0));
  }

  @Test
  void takesTheLongestAndTheDeepest() {
    byte[] longest = Tlv.primitive(0x9F01, new byte[Tlv.MAX_LENGTH]).encode();
    assertThat(Tlv.parse(longest).value()).hasSize(Tlv.MAX_LENGTH);
    assertThatThrownBy(() -> Tlv.parse(new byte[Tlv.MAX_LENGTH + 6])).hasMessageContaining("long");
    assertThat(Tlv.parse(HEX.parseHex("e106e104e102c000")).children()).hasSize(1);
  }

  @Test
  void refusesTheWrongKindOfTag() {
    assertThatThrownBy(() -> Tlv.primitive(0xE1, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Tlv.constructed(0xC1)).isInstanceOf(IllegalArgumentException.class);
    for (int none : new int[] {0, -1, 0x1_0000}) {
      assertThatThrownBy(() -> Tlv.primitive(none, new byte[0]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
