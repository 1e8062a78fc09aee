package io.tallystick.sandbox.cli.operator;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.cli.login.RoleOptions;
import io.tallystick.sandbox.cli.merchant.PlainJson;
import io.tallystick.sdk.wallet.http.RestClient;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The audit logs' own commands.
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Checks that nobody changed an audit log.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = AuditCommand.Verify.class)
public final class AuditCommand {
  private static final Duration LONG_CHECK = Duration.ofMinutes(5);

  private AuditCommand() {}

  /// One service's answer about one log.
  private record Checked(String service, JsonObject report) {
    boolean sound() {
      return report.get("sound").getAsBoolean();
    }

    String log() {
      return report.get("log").getAsString();
    }
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Checks every audit log of every service against its hash chain and its signed heads, and names the first row that"
            + " was altered, deleted, inserted or moved.",
        "With --heads the newest heads are kept in a file, and the next check must find them again: so a log that was cut"
            + " or made anew is seen even if nothing in the database tells. Keep that file elsewhere.",
        "Exit status: 0 sound, 1 not sound, 3 a service could not be reached."
      })
  static final class Verify extends SdkCommand {
    @Mixin private RoleOptions role;
    @Mixin private OutputOptions output;

    @Option(
        names = "--heads",
        paramLabel = "FILE",
        description = "Heads of earlier checks; made, and added to when all is sound.")
    private @Nullable Path heads;

    @Override
    protected int run() {
      KeptHeads kept = KeptHeads.read(heads);
      List<Checked> checks = new ArrayList<>();
      role.services("auditor")
          .forEach((service, client) -> checks.addAll(check(service, client, kept)));
      boolean sound = checks.stream().allMatch(Checked::sound);
      if (sound) {
        checks.forEach(
            one -> kept.add(one.service(), one.log(), one.report().getAsJsonObject("head")));
        kept.write();
      }
      output.print(
          Document.of()
              .with("sound", sound)
              .with("logs", checks.stream().map(Verify::document).toList())
              .members(),
          out -> checks.forEach(one -> print(out, one)));
      return sound ? ExitStatus.OK : ExitStatus.REFUSED;
    }

    private static List<Checked> check(String service, RestClient client, KeptHeads kept) {
      List<Checked> checks = new ArrayList<>();
      for (JsonElement log : client.get("/v1/audit-logs").getAsJsonArray()) {
        JsonObject request = new JsonObject();
        JsonArray known = kept.of(service, log.getAsString());
        request.add("heads", known);
        String path = "/v1/audit-logs/" + log.getAsString() + "/verifications";
        JsonObject report =
            client.within(LONG_CHECK).postRepeatable(path, request).getAsJsonObject();
        checks.add(new Checked(service, report));
      }
      return checks;
    }

    private static Map<String, Object> document(Checked checked) {
      Map<String, Object> document = Document.of().with("service", checked.service()).members();
      document.putAll(PlainJson.members(checked.report()));
      return document;
    }

    private static void print(PrintStream out, Checked checked) {
      JsonObject report = checked.report();
      out.printf(
          "%-9s %-16s %s: %d rows in %d segments, %d not sealed yet%n",
          checked.service(),
          checked.log(),
          checked.sound() ? "sound" : "NOT SOUND",
          report.get("sealedRows").getAsLong(),
          report.get("segments").getAsLong(),
          report.get("unsealedRows").getAsLong());
      if (report.has("broken")) {
        JsonObject broken = report.getAsJsonObject("broken");
        out.printf(
            "          %s, segment %d: %s%n",
            broken.get("kind").getAsString(),
            broken.get("sequence").getAsLong(),
            broken.get("explanation").getAsString());
      }
    }
  }
}
