package io.tallystick.sandbox.cli.keys;

import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.cli.login.RoleOptions;
import io.tallystick.sandbox.cli.merchant.PlainJson;
import io.tallystick.sdk.wallet.http.IdempotencyKey;
import io.tallystick.sdk.wallet.http.RestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Seals everything anew.
@Command(
    name = "reseal",
    mixinStandardHelpOptions = true,
    description = {
      "Seals everything anew under the current key-encryption key, while payments go on. A service that is killed goes"
          + " on with it when it is back.",
      "Exit status: 0 started, or with --wait finished; 1 refused, or rows did not open; 3 not reached."
    })
public final class ResealCommand extends SdkCommand {
  private static final Duration PAUSE = Duration.ofMillis(500);

  @Mixin private RoleOptions operator;
  @Mixin private OutputOptions output;

  @Option(names = "--service", description = "Only this one: ${COMPLETION-CANDIDATES}.")
  private @Nullable SealingService only;

  @Option(names = "--wait", description = "Return when it has finished.")
  private boolean wait;

  @Override
  protected int run() {
    List<JsonObject> statuses = new ArrayList<>();
    for (SealingService service : SealingService.values()) {
      if (only == null || only == service) {
        RestClient client = operator.connect("operator", service.address());
        JsonObject started =
            client
                .post("/v1/key-encryption/reseals", null, IdempotencyKey.random())
                .getAsJsonObject();
        statuses.add(wait ? awaitEnd(client) : started);
      }
    }
    output.print(
        statuses.stream().map(PlainJson::of).toList(),
        out -> statuses.forEach(status -> SealingText.print(out, status)));
    boolean whole =
        statuses.stream()
            .allMatch(status -> status.getAsJsonObject("job").get("broken").getAsLong() == 0);
    return whole ? ExitStatus.OK : ExitStatus.REFUSED;
  }

  private static JsonObject awaitEnd(RestClient client) {
    while (true) {
      JsonObject status = client.get("/v1/key-encryption").getAsJsonObject();
      if (SealingText.finished(status.getAsJsonObject("job"))) {
        return status;
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw CommandFailure.unreachable("interrupted", e);
      }
    }
  }
}
