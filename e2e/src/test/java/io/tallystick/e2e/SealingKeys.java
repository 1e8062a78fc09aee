package io.tallystick.e2e;

import static io.tallystick.e2e.Commands.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tallystick.sandbox.cli.Tally;
import java.nio.file.Path;

/// The key-encryption keys of one service: its file, which `./tally keys` changes, and what the
/// service says of them.
///
/// @param service `seed` or `notify`
record SealingKeys(String service) {
  /// Adds a version and has it seal; returns it when the service does so.
  int rotate() {
    file("add");
    int fresh = current() + 1;
    Eventually.holds("version " + fresh + " is read", () -> has("versions", fresh));
    file("use", Integer.toString(fresh));
    Eventually.holds("version " + fresh + " seals", () -> current() == fresh);
    return fresh;
  }

  void remove(int version) {
    file("remove", Integer.toString(version));
  }

  int current() {
    return status().get("current").getAsInt();
  }

  /// @param list `versions` or `heldBack`
  boolean has(String list, int version) {
    return status().getAsJsonArray(list).asList().stream()
        .anyMatch(element -> element.getAsInt() == version);
  }

  /// What the service answers to `./tally keys status`.
  JsonObject status() {
    JsonArray all = JsonParser.parseString(ok("keys", "status", "--json")).getAsJsonArray();
    return all.asList().stream()
        .map(JsonElement::getAsJsonObject)
        .filter(one -> one.get("service").getAsString().equals(service))
        .findFirst()
        .orElseThrow();
  }

  /// A command that works on the file and knows no platform.
  private void file(String command, String... arguments) {
    Path file =
        RunningPlatform.get()
            .description()
            .certificatesFolder()
            .resolveSibling("key-encryption-" + service + ".keys");
    String[] all =
        Commands.join(
            Commands.join(new String[] {"keys", command}, arguments), "--file", file.toString());
    assertThat(Tally.commandLine().execute(all)).as(String.join(" ", all)).isZero();
  }
}
