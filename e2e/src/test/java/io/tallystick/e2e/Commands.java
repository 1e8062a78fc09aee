package io.tallystick.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.Tally;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs `./tally` commands on the running platform, as a script does, one at a time.
final class Commands {
  /// Commands that know no platform.
  private static final List<String> OFFLINE = List.of("tap", "journal");

  /// What a command left.
  record Answer(int status, String text) {
    JsonObject json() {
      return JsonParser.parseString(text).getAsJsonObject();
    }
  }

  private Commands() {}

  /// The output of a command that must succeed.
  static String ok(String... arguments) {
    return expect(ExitStatus.OK, arguments).text();
  }

  /// The document that a command prints with `--json`; it must succeed.
  static JsonObject json(String... arguments) {
    return expect(ExitStatus.OK, join(arguments, "--json")).json();
  }

  /// The answer of a command that must end with this status.
  static Answer expect(int status, String... arguments) {
    Answer answer = run(arguments);
    assertThat(answer.status())
        .as("%s%n%s", String.join(" ", arguments), answer.text())
        .isEqualTo(status);
    return answer;
  }

  static Answer run(String... arguments) {
    return runOn(RunningPlatform.get().descriptionFile(), arguments);
  }

  /// Runs a command on another platform than the one of all tests.
  static Answer runOn(Path platform, String... arguments) {
    String[] all =
        arguments.length > 1 && !OFFLINE.contains(arguments[1])
            ? join(arguments, "--platform", platform.toString())
            : arguments;
    PrintStream console = System.out;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
    try {
      int status = Tally.commandLine().execute(all);
      return new Answer(status, text.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(console);
    }
  }

  static String[] join(String[] some, String... others) {
    List<String> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(others));
    return all.toArray(String[]::new);
  }
}
