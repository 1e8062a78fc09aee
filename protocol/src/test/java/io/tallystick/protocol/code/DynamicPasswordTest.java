package io.tallystick.protocol.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DynamicPasswordTest {
  @Test
  void givesThePublishedPasswords() throws IOException {
    List<String> vectors = lines("/vectors/gmt0021.csv");
    assertThat(vectors).hasSizeGreaterThanOrEqualTo(2);
    for (String vector : vectors) {
      String[] columns = vector.split(",", -1);
      byte[] key = HexFormat.of().parseHex(columns[0]);
      byte[] challenge = columns[3].getBytes(StandardCharsets.US_ASCII);
      long time = Long.parseLong(columns[1]);
      long counter = Long.parseLong(columns[2]);
      assertThat(DynamicPassword.compute(key, time, counter, challenge, columns[4].length()))
          .as(vector)
          .isEqualTo(columns[4]);
    }
  }

  /** Passwords of different length are the same number taken modulo another power of ten. */
  @Test
  void shorterPasswordsAreTheEndOfLongerOnes() {
    byte[] key = new byte[32];
    for (int counter = 0; counter < 200; counter++) {
      String eight = DynamicPassword.compute(key, 1, counter, new byte[0], 8);
      assertThat(eight).hasSize(8);
      assertThat(eight).endsWith(DynamicPassword.compute(key, 1, counter, new byte[0], 7));
      assertThat(eight).endsWith(DynamicPassword.compute(key, 1, counter, new byte[0], 6));
    }
  }

  @Test
  void padsTheInputWithZerosToSixteenBytes() {
    byte[] key = new byte[16];
    assertThat(DynamicPassword.compute(key, 7, 8, new byte[0], 8))
        .isEqualTo(DynamicPassword.compute(key, 7, 8, new byte[4], 8))
        .isNotEqualTo(DynamicPassword.compute(key, 7, 8, new byte[5], 8));
  }

  @Test
  void takesTheLongestKeyAndChallenge() {
    assertThat(DynamicPassword.compute(new byte[64], 1, 0xFFFF_FFFFL, new byte[64], 8)).hasSize(8);
  }

  @Test
  void refusesWeakKeysAndOtherLengths() {
    byte[] key = new byte[16];
    byte[] none = new byte[0];
    assertRefused(() -> DynamicPassword.compute(new byte[15], 1, 1, none, 8));
    assertRefused(() -> DynamicPassword.compute(new byte[65], 1, 1, none, 8));
    assertRefused(() -> DynamicPassword.compute(key, 1, 1, new byte[65], 8));
    assertRefused(() -> DynamicPassword.compute(key, 1, 1, none, 5));
    assertRefused(() -> DynamicPassword.compute(key, 1, 1, none, 9));
    assertRefused(() -> DynamicPassword.compute(key, 1, -1, none, 8));
  }

  private static void assertRefused(Runnable computation) {
    assertThatThrownBy(computation::run).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> lines(String resource) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    DynamicPasswordTest.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }
  }
}
