package io.tallystick.sandbox.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tallystick.sandbox.base.SoftHsm;
import io.tallystick.sandbox.base.TransitServer;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.Tally;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileCommandsIT {
  private static final String WRAPPED = "2:pkcs11:[0-9a-f]{24}:[0-9a-f]{64}";

  @TempDir Path folder;

  @Test
  void addsAVersionThatATokenWraps() throws Exception {
    assumeTrue(
        SoftHsm.isThere(), "SoftHSM2 is not installed (Debian packages softhsm2 and opensc)");
    SoftHsm token = SoftHsm.create("cli").withKey("seed", "--sensitive");
    Path file =
        Files.writeString(
            folder.resolve("keys"), "1:00112233445566778899aabbccddeeff\ncurrent:1\n");
    Path pin = Files.writeString(folder.resolve("pin"), SoftHsm.PIN + "\n");
    String[] add = {
      "keys",
      "add",
      "--file",
      file.toString(),
      "--service",
      "seed",
      "--library",
      SoftHsm.LIBRARY.toString(),
      "--slot",
      Long.toString(token.slot()),
      "--key-label",
      "seed",
      "--pin-file",
      pin.toString()
    };

    Files.writeString(pin, "31415926");
    assertThat(complaintOf(add)).contains("CKR_PIN_INCORRECT").doesNotContain("31415926");
    assertThat(Files.readAllLines(file)).as("nothing was added").hasSize(2);

    Files.writeString(pin, SoftHsm.PIN + "\n");
    assertThat(Tally.commandLine().execute(add)).isEqualTo(ExitStatus.OK);
    assertThat(Files.readAllLines(file))
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).matches(WRAPPED));
  }

  @Test
  void addsAVersionThatATransitEngineWraps() throws Exception {
    try (TransitServer vault = TransitServer.start(folder.resolve("ca")).withKey("seed")) {
      Path file =
          Files.writeString(
              folder.resolve("keys"), "1:00112233445566778899aabbccddeeff\ncurrent:1\n");
      Path token = Files.writeString(folder.resolve("token"), "hvs.notTheToken");
      List<String> transit =
          List.of(
              "--transit-address",
              vault.address().toString(),
              "--transit-key",
              "seed",
              "--transit-token-file",
              token.toString(),
              "--transit-ca",
              vault.ca().toString());
      String[] add = add(file, List.of("--service", "seed"), transit);

      assertThat(complaintOf(add))
          .contains("403", "permission denied")
          .doesNotContain("notTheToken");
      Files.writeString(token, TransitServer.TOKEN + "\n");
      for (String[] wrong :
          List.of(
              add(file, List.of(), transit),
              add(file, List.of("--service", "verify"), transit),
              add(file, List.of("--service", "seed"), List.of()),
              add(file, List.of("--service", "seed"), transit.subList(0, 2)),
              add(file, List.of("--service", "seed", "--slot", "1"), transit))) {
        assertThat(Tally.commandLine().execute(wrong)).isEqualTo(ExitStatus.USAGE);
      }
      assertThat(Files.readAllLines(file)).as("nothing was added").hasSize(2);

      assertThat(Tally.commandLine().execute(add)).isEqualTo(ExitStatus.OK);
      assertThat(Files.readAllLines(file))
          .hasSize(3)
          .anySatisfy(line -> assertThat(line).matches("2:vault:v1:[A-Za-z0-9+/]{59}="));
    }
  }

  private static String[] add(Path file, List<String> service, List<String> wrapping) {
    List<String> command = new ArrayList<>(List.of("keys", "add", "--file", file.toString()));
    command.addAll(service);
    command.addAll(wrapping);
    return command.toArray(String[]::new);
  }

  /// What a command that is refused says.
  private static String complaintOf(String... command) {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertThat(Tally.commandLine().execute(command)).isEqualTo(ExitStatus.REFUSED);
    } finally {
      System.setErr(before);
    }
    return said.toString(StandardCharsets.UTF_8);
  }
}
