package io.tallystick.sandbox.cli.merchant;

import static io.tallystick.sandbox.cli.merchant.PlainJson.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sdk.wallet.http.IdempotencyKey;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A merchant's webhook.
@Command(
    name = "webhook",
    mixinStandardHelpOptions = true,
    description = "Where the platform tells the merchant what happens, and what it has told.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      WebhookCommand.Set.class,
      WebhookCommand.Show.class,
      WebhookCommand.RotateSecret.class,
      WebhookCommand.Delete.class,
      WebhookCommand.Test.class,
      WebhookCommand.Deliveries.class,
      WebhookCommand.Redeliver.class
    })
final class WebhookCommand {
  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description = "Sets the address. The secret is printed once: keep it.")
  static final class Set extends SdkCommand {
    @Mixin private StaffOptions staff;
    @Mixin private OutputOptions output;

    @Parameters(paramLabel = "URL", description = "An https address.")
    private String url;

    @Option(
        names = "--rotate-secret",
        description = "Make a new secret; the old one signs for 24 h more.")
    private boolean rotate;

    @Override
    protected int run() {
      JsonObject body = new JsonObject();
      body.addProperty("url", url);
      body.addProperty("rotateSecret", rotate);
      JsonElement webhook = staff.notification().put(staff.path("/webhook"), body);
      output.print(
          PlainJson.of(webhook),
          out -> {
            out.println("webhook of " + staff.merchantId() + ": " + url);
            String secret = text(webhook.getAsJsonObject(), "secret");
            if (!secret.isEmpty()) {
              out.println("secret (shown this once): " + secret);
            }
          });
      return ExitStatus.OK;
    }
  }

  @Command(name = "show", mixinStandardHelpOptions = true, description = "The address.")
  static final class Show extends SdkCommand {
    @Mixin private StaffOptions staff;
    @Mixin private OutputOptions output;

    @Override
    protected int run() {
      JsonElement webhook = staff.notification().get(staff.path("/webhook"));
      output.print(
          PlainJson.of(webhook), out -> out.println(text(webhook.getAsJsonObject(), "url")));
      return ExitStatus.OK;
    }
  }

  @Command(
      name = "rotate-secret",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a new secret and prints it once. Deliveries carry a signature of each of both for 24 h, so that receivers"
            + " change over in their own time."
      })
  static final class RotateSecret extends SdkCommand {
    @Mixin private StaffOptions staff;
    @Mixin private OutputOptions output;

    @Option(
        names = "--end-overlap",
        description = "Instead: the replaced secret stops signing now, because it has leaked.")
    private boolean endOverlap;

    @Override
    protected int run() {
      if (endOverlap) {
        staff.notification().delete(staff.path("/webhook/previous-secret"));
        output.print(
            Document.of().with("merchantId", staff.merchantId()).with("overlap", false).members(),
            out -> out.println("only the newest secret signs"));
        return ExitStatus.OK;
      }
      JsonElement webhook =
          staff
              .notification()
              .post(staff.path("/webhook/secret-rotations"), null, IdempotencyKey.random());
      output.print(
          PlainJson.of(webhook),
          out -> {
            out.println("secret (shown this once): " + text(webhook.getAsJsonObject(), "secret"));
            out.println(
                "the replaced one signs too until "
                    + text(webhook.getAsJsonObject(), "previousSecretUntil"));
          });
      return ExitStatus.OK;
    }
  }

  @Command(name = "delete", mixinStandardHelpOptions = true, description = "Removes it.")
  static final class Delete extends SdkCommand {
    @Mixin private StaffOptions staff;
    @Mixin private OutputOptions output;

    @Override
    protected int run() {
      staff.notification().delete(staff.path("/webhook"));
      output.print(
          Document.of().with("merchantId", staff.merchantId()).with("deleted", true).members(),
          out -> out.println("webhook of " + staff.merchantId() + " is removed"));
      return ExitStatus.OK;
    }
  }

  @Command(name = "test", mixinStandardHelpOptions = true, description = "Sends a test event.")
  static final class Test extends SdkCommand {
    @Mixin private StaffOptions staff;
    @Mixin private OutputOptions output;

    @Override
    protected int run() {
      JsonElement delivery =
          staff.notification().post(staff.path("/webhook/tests"), null, IdempotencyKey.random());
      output.print(PlainJson.of(delivery), out -> print(out, delivery.getAsJsonObject()));
      return ExitStatus.OK;
    }
  }

  @Command(
      name = "deliveries",
      mixinStandardHelpOptions = true,
      description = "What was sent, newest first.")
  static final class Deliveries extends SdkCommand {
    @Mixin private StaffOptions staff;
    @Mixin private OutputOptions output;

    @Option(names = "--state", description = "Only pending, delivered or given-up ones.")
    private @Nullable String state;

    @Override
    protected int run() {
      if (state != null && !state.matches("[a-z-]{1,20}")) {
        throw CommandFailure.usage("no state of a delivery: " + state);
      }
      String query = state == null ? "" : "?state=" + state;
      JsonElement page = staff.notification().get(staff.path("/webhook-deliveries" + query));
      output.print(
          PlainJson.of(page),
          out -> StaffOptions.items(page).forEach(delivery -> print(out, delivery)));
      return ExitStatus.OK;
    }
  }

  @Command(
      name = "redeliver",
      mixinStandardHelpOptions = true,
      description = "Sends one once more.")
  static final class Redeliver extends SdkCommand {
    @Mixin private StaffOptions staff;
    @Mixin private OutputOptions output;

    @Parameters(paramLabel = "DELIVERY", description = "An id of 'webhook deliveries'.")
    private String deliveryId;

    @Override
    protected int run() {
      if (!deliveryId.matches("[A-Za-z0-9_-]{1,64}")) {
        throw CommandFailure.usage("no delivery id: " + deliveryId);
      }
      JsonElement delivery =
          staff
              .notification()
              .post(
                  staff.path("/webhook-deliveries/" + deliveryId + "/redeliveries"),
                  null,
                  IdempotencyKey.random());
      output.print(PlainJson.of(delivery), out -> print(out, delivery.getAsJsonObject()));
      return ExitStatus.OK;
    }
  }

  private static void print(PrintStream out, JsonObject delivery) {
    String next = text(delivery, "nextAttemptAt");
    String error = text(delivery, "lastError");
    out.printf(
        "%s  %-24s %-9s %s attempts%s%s  %s%n",
        text(delivery, "createdAt"),
        text(delivery, "type"),
        text(delivery, "state"),
        text(delivery, "attempts"),
        error.isEmpty() ? "" : ", last: " + error,
        next.isEmpty() ? "" : ", next " + next,
        text(delivery, "deliveryId"));
  }
}
