package io.tallystick.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ByteReaderTest {
  @Test
  void readsWhatWasWritten() {
    byte[] bytes =
        new ByteWriter()
            .u8(0xFF)
            .u16(0xFFFE)
            .u24(0xFF_FFFD)
            .u32(0xFFFF_FFFCL)
            .i64(-5)
            .bcd(42, 2)
            .paddedAscii("ab", 4)
            .toByteArray();
    ByteReader in = ByteReader.of(bytes);
    assertThat(in.u8("a")).isEqualTo(0xFF);
    assertThat(in.u16("b")).isEqualTo(0xFFFE);
    assertThat(in.u24("c")).isEqualTo(0xFF_FFFD);
    assertThat(in.u32("d")).isEqualTo(0xFFFF_FFFCL);
    assertThat(in.i64("e")).isEqualTo(-5);
    assertThat(in.bcd(2, "f")).isEqualTo("0042");
    assertThat(in.paddedAscii(4, "g")).isEqualTo("ab");
    in.finish("all");
  }

  @Test
  void namesTheFieldThatFailsAndNotItsValue() {
    ByteReader in = ByteReader.of(HexFormat.of().parseHex("a7ff"));
    assertThatThrownBy(() -> in.u24("the secret"))
        .isInstanceOf(MalformedException.class)
        .hasMessage("the secret: ends too early")
        .extracting(thrown -> ((MalformedException) thrown).field())
        .isEqualTo("the secret");
    assertThatThrownBy(() -> in.bcd(2, "digits")).hasMessageNotContaining("a7");
    assertThatThrownBy(() -> in.nested(3, "inner")).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> in.nested(-1, "inner")).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> in.bounded(5, 4, "count")).isInstanceOf(MalformedException.class);
  }

  @Test
  void aNestedReaderStaysInItsRange() {
    ByteReader in = ByteReader.of(new byte[] {1, 2, 3, 4});
    ByteReader nested = in.nested(2, "inner");
    assertThat(nested.u16("both")).isEqualTo(0x0102);
    assertThatThrownBy(() -> nested.u8("beyond")).isInstanceOf(MalformedException.class);
    assertThat(in.u8("after")).isEqualTo(3);
    assertThatThrownBy(() -> in.finish("all")).hasMessage("all: has 1 bytes too many");
  }

  @Test
  void laterChangesOfTheInputDoNotShow() {
    byte[] input = {1};
    ByteReader in = ByteReader.of(input);
    input[0] = 9;
    assertThat(in.u8("first")).isEqualTo(1);
  }

  @Test
  void refusesPaddingInFrontAndControlCharacters() {
    assertThatThrownBy(() -> ByteReader.of(new byte[] {0, 'a'}).paddedAscii(2, "name"))
        .isInstanceOf(MalformedException.class);
    assertThat(ByteReader.of(new byte[] {' ', 'a'}).paddedAscii(2, "name")).isEqualTo(" a");
  }

  @Test
  void everyLimitIsTheLastThatIsGood() {
    ByteReader in = ByteReader.of(new byte[] {1, 2, '!', ' ', '~', 0x7F});
    assertThat(in.bounded(4, 4, "count")).isEqualTo(4);
    assertThat(in.nested(0, "none").remaining()).isZero();
    assertThat(in.nested(2, "two").remaining()).isEqualTo(2);
    assertThat(in.paddedAscii(3, "printable")).isEqualTo("! ~");
    assertThatThrownBy(() -> in.paddedAscii(1, "delete")).isInstanceOf(MalformedException.class);
    assertThat(ByteReader.of(new byte[] {' ', ' '}).paddedAscii(2, "blank")).isEmpty();
    ByteReader all = ByteReader.of(new byte[3]);
    assertThat(all.nested(3, "all").remaining()).isEqualTo(3);
    all.finish("all");
    assertThat(new ByteWriter().bcd(0, 1).paddedAscii("ab", 2).toByteArray())
        .containsExactly(0, 'a', 'b');
  }

  @Test
  void theWriterGrowsWithWhatIsWritten() {
    ByteWriter out = new ByteWriter();
    for (int i = 0; i < 1_000; i++) {
      out.bcd("12", 1).bytes(new byte[3]).u16(i);
    }
    assertThat(out.toByteArray()).hasSize(6_000).endsWith(0x12, 0, 0, 0, 999 >> 8, 999 & 0xFF);
  }

  @Test
  void theWriterRefusesWhatDoesNotFit() {
    assertThatThrownBy(() -> new ByteWriter().u8(256)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ByteWriter().u32(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ByteWriter().bcd(100, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ByteWriter().bcd("1x", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ByteWriter().paddedAscii("abc", 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
