package io.tallystick.sandbox.cli.operator;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.cli.login.RoleOptions;
import io.tallystick.sandbox.cli.merchant.PlainJson;
import io.tallystick.sdk.wallet.http.ProblemException;
import io.tallystick.sdk.wallet.http.RestClient;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Events that a service gave up.
@Command(
    name = "deadletters",
    mixinStandardHelpOptions = true,
    description = "Lists events that services gave up, and delivers them again.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {DeadLettersCommand.Listing.class, DeadLettersCommand.Replay.class})
public final class DeadLettersCommand {
  private static final int PAGE = 200;

  private DeadLettersCommand() {}

  /// The dead letters of one service, newest first, at most `limit`.
  private static List<JsonObject> letters(RestClient client, int limit) {
    List<JsonObject> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonObject page =
          client
              .get("/v1/dead-letters?limit=" + Math.min(PAGE, limit - all.size()) + cursor)
              .getAsJsonObject();
      for (JsonElement item : page.getAsJsonArray("items")) {
        all.add(item.getAsJsonObject());
      }
      cursor = page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").getAsString() : "";
    } while (!cursor.isEmpty() && all.size() < limit);
    return all;
  }

  private static RestClient client(Map<String, RestClient> services, String service) {
    RestClient client = services.get(service);
    if (client == null) {
      throw CommandFailure.usage("no service " + service + "; there are " + services.keySet());
    }
    return client;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Events that were given up, with the reason, newest first.")
  static final class Listing extends SdkCommand {
    @Mixin private RoleOptions role;
    @Mixin private OutputOptions output;

    @Option(names = "--service", description = "Of this service only: seed, verify, …")
    private @Nullable String service;

    @Option(
        names = "--limit",
        defaultValue = "50",
        description = "Most of each service, 1 to 10000 (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    protected int run() {
      Map<String, RestClient> services = role.services("operator");
      List<String> wanted = service == null ? List.copyOf(services.keySet()) : List.of(service);
      List<Map<String, Object>> found = new ArrayList<>();
      for (String name : wanted) {
        for (JsonObject letter : letters(client(services, name), Math.clamp(limit, 1, 10_000))) {
          Map<String, Object> document = Document.of().with("service", name).members();
          document.putAll(PlainJson.members(letter));
          found.add(document);
        }
      }
      output.print(
          Document.of().with("deadLetters", found).members(),
          out -> {
            found.forEach(letter -> print(out, letter));
            out.println(found.isEmpty() ? "none" : found.size() + " dead letters");
          });
      return ExitStatus.OK;
    }

    private static void print(PrintStream out, Map<String, Object> letter) {
      out.printf(
          "%-8s %6s  %s  %-10s %-14s %s%n",
          letter.get("service"),
          letter.get("id"),
          letter.get("diedAt"),
          letter.get("stream"),
          letter.getOrDefault("type", "no event"),
          letter.get("reason"));
      out.printf("         %s%n", letter.get("message"));
    }
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = {
        "Delivers dead letters again, the oldest first. What succeeds is no dead letter any more; an event has its effect"
            + " once, however often it is delivered.",
        "Exit status: 0 all were delivered, 1 some failed again."
      })
  static final class Replay extends SdkCommand {
    @Mixin private RoleOptions role;
    @Mixin private OutputOptions output;

    @Option(names = "--service", required = true, description = "The service that gave them up.")
    private String service;

    @Option(names = "--all", description = "All of this service, at most 10000.")
    private boolean all;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Those of these ids.")
    private List<Long> ids = new ArrayList<>();

    @Override
    protected int run() {
      RestClient client = client(role.services("operator"), service);
      List<Long> wanted = new ArrayList<>(ids);
      if (all) {
        letters(client, 10_000).forEach(letter -> wanted.add(letter.get("id").getAsLong()));
      }
      if (wanted.isEmpty() && !all) {
        throw CommandFailure.usage("name ids or say --all");
      }
      List<Map<String, Object>> outcomes =
          wanted.stream().sorted().distinct().map(id -> replay(client, id)).toList();
      output.print(
          Document.of().with("replays", outcomes).members(),
          out ->
              outcomes.forEach(
                  outcome -> out.printf("%s  %s%n", outcome.get("id"), outcome.get("outcome"))));
      return outcomes.stream().allMatch(outcome -> "delivered".equals(outcome.get("outcome")))
          ? ExitStatus.OK
          : ExitStatus.REFUSED;
    }

    /// Without a key: a repetition finds it delivered, and says so by NOT_FOUND.
    private static Map<String, Object> replay(RestClient client, long id) {
      String outcome;
      try {
        client.post("/v1/dead-letters/" + id + "/replays", new JsonObject());
        outcome = "delivered";
      } catch (ProblemException refused) {
        outcome = refused.getMessage();
      }
      return Document.of().with("id", id).with("outcome", outcome).members();
    }
  }
}
