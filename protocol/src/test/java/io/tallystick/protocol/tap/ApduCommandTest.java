package io.tallystick.protocol.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.wire.MalformedException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApduCommandTest {
  /** ISO/IEC 7816-4, cases 1, 2S, 3S, 4S, 2E, 3E, 4E: data length, Ne, extended. */
  @ParameterizedTest
  @CsvSource({
    "80500000, 0, 0, false",
    "8050000010, 0, 16, false",
    "8050000000, 0, 256, false",
    "80500000020102, 2, 0, false",
    "8050000002010200, 2, 256, false",
    "8050000000 0100, 0, 256, true",
    "8050000000 0000, 0, 65536, true",
    "8050000000 0002 0102, 2, 0, true",
    "8050000000 0002 0102 0000, 2, 65536, true"
  })
  void readsEveryCaseAndWritesItBack(
      String hex, int dataLength, int expectedLength, boolean extended) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    ApduCommand command = ApduCommand.parse(bytes);
    assertThat(command.instructionClass()).isEqualTo(0x80);
    assertThat(command.instruction()).isEqualTo(0x50);
    assertThat(command.data()).hasSize(dataLength);
    assertThat(command.expectedLength()).isEqualTo(expectedLength);
    assertThat(command.extended()).isEqualTo(extended);
    assertThat(command.encode()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "805000",
        "805000000501",
        "8050000001020304",
        "80500000000000 01",
        "80500000000500 01",
        "80500000000002010203"
      })
  void refusesLengthsThatDoNotAddUp(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThatThrownBy(() -> ApduCommand.parse(bytes)).isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesToWriteWhatDoesNotFit() {
    assertThatThrownBy(() -> ApduCommand.of(0, 0, 0, new byte[256], 0, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ApduCommand.of(0, 0, 0, new byte[0], 257, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ApduResponse.of(0x1234)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ApduResponse.parse(new byte[] {0x12, 0x34}))
        .isInstanceOf(MalformedException.class);
  }
}
