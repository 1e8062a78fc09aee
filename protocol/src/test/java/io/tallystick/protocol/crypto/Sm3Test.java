package io.tallystick.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.wire.MalformedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Sm3Test {
  /** GB/T 32905-2016, annex A. */
  @Test
  void hashesTheStandardsExamples() {
    assertThat(Sm3.hash(ascii("abc")).toString())
        .isEqualTo("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    assertThat(Sm3.hash(ascii("abcd".repeat(16))).toString())
        .isEqualTo("debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
  }

  @Test
  void hashesPartsAsTheWhole() {
    assertThat(Sm3.hash(ascii("a"), ascii(""), ascii("bc"))).isEqualTo(Sm3.hash(ascii("abc")));
  }

  @Test
  void refusesAnEmptyMacKey() {
    assertThatThrownBy(() -> Sm3.hmac(new byte[0], ascii("abc")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsADigestFromHexOnly() {
    Digest digest = Sm3.hash(ascii("abc"));
    assertThat(Digest.parse(digest.toString())).isEqualTo(digest);
    for (String bad :
        new String[] {"", "66c7", digest.toString().toUpperCase(java.util.Locale.ROOT)}) {
      assertThatThrownBy(() -> Digest.parse(bad)).isInstanceOf(MalformedException.class);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
