package io.tallystick.sandbox.cli.risk;

import static io.tallystick.sandbox.cli.merchant.PlainJson.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.Amounts;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.cli.login.RoleOptions;
import io.tallystick.sandbox.cli.merchant.PlainJson;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sdk.wallet.http.ProblemException;
import io.tallystick.sdk.wallet.http.RestClient;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What was decided, decided again.
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Judges stored decisions again, each from the history that was kept with it: the same must come out. With --config"
          + " it also shows what another thresholds file would have decided. Nothing is changed.",
      "Exit status: 0 all came out as stored, 1 some did not or not allowed, 2 the file is refused, 3 not reached."
    })
final class ReplayCommand extends SdkCommand {
  private static final int PAGE = 200;

  @Mixin private RoleOptions officer;
  @Mixin private OutputOptions output;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      description = "Decided at or after, such as 2026-03-01T12:00:00Z.")
  private String from;

  @Option(names = "--to", required = true, paramLabel = "TIME", description = "Decided before.")
  private String to;

  @Option(names = "--config", paramLabel = "FILE", description = "Thresholds to compare with.")
  private @Nullable Path config;

  private final JsonArray differences = new JsonArray();
  private final Map<String, Integer> moves = new LinkedHashMap<>();
  private int decisions;
  private int reproduced;
  private String otherVersion = "";

  @Override
  protected int run() {
    RestClient client =
        officer.connect("risk-officer", PlatformDescription.RestAddresses::riskService);
    JsonObject request = new JsonObject();
    request.addProperty("from", from);
    request.addProperty("to", to);
    request.addProperty("limit", PAGE);
    if (config != null) {
      request.addProperty("thresholds", read(config));
    }
    String cursor;
    do {
      JsonObject page = ask(client, request);
      take(page);
      cursor = text(page, "nextCursor");
      request.addProperty("cursor", cursor);
    } while (!cursor.isEmpty());
    output.print(document(), this::print);
    return reproduced == decisions ? ExitStatus.OK : ExitStatus.REFUSED;
  }

  /// A file that risk-service refuses is one that can't be used, as any other.
  private static JsonObject ask(RestClient client, JsonObject request) {
    try {
      return client.postRepeatable("/v1/replays", request).getAsJsonObject();
    } catch (ProblemException refused) {
      if (refused.name().equals("thresholds-refused")) {
        throw CommandFailure.usage(refused.getMessage());
      }
      throw refused;
    }
  }

  private void take(JsonObject page) {
    decisions += page.get("decisions").getAsInt();
    reproduced += page.get("reproduced").getAsInt();
    otherVersion = text(page, "otherVersion");
    differences.addAll(page.getAsJsonArray("differences"));
    for (JsonElement element : page.getAsJsonArray("moves")) {
      JsonObject move = element.getAsJsonObject();
      moves.merge(
          text(move, "outcome") + " -> " + text(move, "otherOutcome"),
          move.get("decisions").getAsInt(),
          Integer::sum);
    }
  }

  private Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("decisions", decisions);
    document.put("reproduced", reproduced);
    if (config != null) {
      document.put("otherVersion", otherVersion);
      document.put("moves", moves);
    }
    document.put("differences", PlainJson.of(differences));
    return document;
  }

  private void print(PrintStream out) {
    out.printf("%d decisions, %d came out as stored%n", decisions, reproduced);
    if (config != null) {
      out.printf("by %s:%n", otherVersion);
      moves.forEach((move, count) -> out.printf("  %-18s %6d%n", move, count));
    }
    if (!differences.isEmpty()) {
      out.printf(
          "%n%-30s %14s  %-8s %-8s %s%n", "payment", "amount", "was", "would be", "because of");
      differences.forEach(difference -> printLine(out, difference.getAsJsonObject()));
    }
  }

  private static void printLine(PrintStream out, JsonObject difference) {
    JsonObject decision = difference.getAsJsonObject("decision");
    String was = text(decision, "outcome");
    String other = text(difference, "otherOutcome");
    JsonArray rules =
        difference.has("otherRules") && !difference.getAsJsonArray("otherRules").isEmpty()
            ? difference.getAsJsonArray("otherRules")
            : decision.getAsJsonArray("rules");
    out.printf(
        "%-30s %14s  %-8s %-8s %s%s%s%n",
        text(decision, "paymentId"),
        Amounts.text(decision.get("amountMinor").getAsLong(), text(decision, "currency")),
        was,
        other,
        rules.asList().stream().map(JsonElement::getAsString).collect(Collectors.joining(", ")),
        difference.get("historyTooShort").getAsBoolean() ? "  (kept history is shorter)" : "",
        difference.get("reproduced").getAsBoolean() ? "" : "  NOT REPRODUCED");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw CommandFailure.usage("can't read " + file + ": " + unreadable.getMessage());
    }
  }
}
