package io.tallystick.sandbox.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorsCommandTest {
  private static final String PUBLISHED =
      """
      # key,T,C,Q,password
      1234567890abcdef1234567890abcdef,1313998979,1234,5678,814095
      1234567890abcdefabcdef1234567890,1313998995,5621,3698,959691
      """;

  @TempDir Path folder;

  @Test
  void acceptsPublishedVectors() throws IOException {
    assertThat(check(PUBLISHED)).isEqualTo(ExitStatus.OK);
  }

  @Test
  void refusesWrongPassword() throws IOException {
    assertThat(check(PUBLISHED.replace("814095", "814096"))).isEqualTo(ExitStatus.REFUSED);
  }

  @Test
  void readsSevenAndEightDigitsWithEmptyChallenge() throws IOException {
    String key = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    VectorFile.Vector eight =
        VectorFile.parse(key + ",28333333,0,,00000000\r\n").vectors().getFirst();
    String right = eight.check().computed();
    assertThat(right).hasSize(8);
    assertThat(check(key + ",28333333,0,," + right)).isEqualTo(ExitStatus.OK);
    assertThat(check(key + ",28333333,0,," + right.substring(1))).isEqualTo(ExitStatus.OK);
  }

  @Test
  void refusesFilesItCannotUse() throws IOException {
    assertThat(check("")).isEqualTo(ExitStatus.USAGE);
    assertThat(check("# only a comment\n")).isEqualTo(ExitStatus.USAGE);
    assertThat(check("1234,1,1,1,814095")).isEqualTo(ExitStatus.USAGE);
    assertThat(check("1234567890abcdef1234567890abcdef,x,1,1,814095")).isEqualTo(ExitStatus.USAGE);
    assertThat(check("1234567890abcdef1234567890abcdef,1,1,1,81409")).isEqualTo(ExitStatus.USAGE);
    assertThat(check("1234567890abcdef1234567890abcdef,1,1,814095")).isEqualTo(ExitStatus.USAGE);
    assertThat(Tally.commandLine().execute("vectors", folder.resolve("absent").toString()))
        .isEqualTo(ExitStatus.USAGE);
  }

  private int check(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("vectors.csv"), text);
    return Tally.commandLine().execute("vectors", file.toString());
  }
}
