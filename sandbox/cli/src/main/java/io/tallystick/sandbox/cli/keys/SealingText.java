package io.tallystick.sandbox.cli.keys;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintStream;

/// A service's sealing status as a person reads it.
final class SealingText {
  private SealingText() {}

  static void print(PrintStream out, JsonObject status) {
    out.printf(
        "%s: seals with version %s, opens %s%n",
        status.get("service").getAsString(), status.get("current"), status.get("versions"));
    if (!status.getAsJsonArray("heldBack").isEmpty()) {
      out.printf("  NOT REMOVED: %s, still needed%n", status.get("heldBack"));
    }
    if (status.has("fault")) {
      out.printf("  KEYS NOT TAKEN: %s%n", status.get("fault").getAsString());
    }
    for (JsonElement element : status.getAsJsonArray("uses")) {
      JsonObject use = element.getAsJsonObject();
      out.printf(
          "  %-40s version %-5s %8s rows%s%n",
          use.get("what").getAsString(),
          use.get("version"),
          use.get("rows"),
          use.get("shortLived").getAsBoolean() ? "  (end by themselves)" : "");
    }
    if (status.has("job")) {
      JsonObject job = status.getAsJsonObject("job");
      out.printf(
          "  re-seal to version %s by %s: %s rows anew, %s did not open, %s%n",
          job.get("version"),
          job.get("requestedBy").getAsString(),
          job.get("resealed"),
          job.get("broken"),
          finished(job) ? "finished " + job.get("finishedAt").getAsString() : "running");
    }
  }

  static boolean finished(JsonObject job) {
    return job.has("finishedAt");
  }
}
