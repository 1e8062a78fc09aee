package io.tallystick.sandbox.cli.operator;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.tallystick.sandbox.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// Heads of audit chains that were seen before, in a file: `{"<service>/<log>": [{"sequence": …,
/// "digest": "…"}, …]}`, the latest of each, at most [#MOST].
final class KeptHeads {
  private static final int MOST = 1_000;

  private final @Nullable Path file;
  private final JsonObject all;

  private KeptHeads(@Nullable Path file, JsonObject all) {
    this.file = file;
    this.all = all;
  }

  /// @param file absent to know nothing and keep nothing
  static KeptHeads read(@Nullable Path file) {
    if (file == null || !Files.exists(file)) {
      return new KeptHeads(file, new JsonObject());
    }
    try {
      return new KeptHeads(file, JsonParser.parseString(Files.readString(file)).getAsJsonObject());
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw CommandFailure.usage(file + " has no heads: " + e.getMessage());
    }
  }

  JsonArray of(String service, String log) {
    JsonArray known = all.getAsJsonArray(service + "/" + log);
    return known == null ? new JsonArray() : known;
  }

  void add(String service, String log, JsonObject head) {
    long sequence = head.get("sequence").getAsLong();
    JsonArray known = of(service, log);
    boolean grown =
        known.isEmpty()
            || known.get(known.size() - 1).getAsJsonObject().get("sequence").getAsLong() < sequence;
    if (sequence > 0 && grown) {
      JsonObject kept = new JsonObject();
      kept.addProperty("sequence", sequence);
      kept.add("digest", head.get("digest"));
      known.add(kept);
      if (known.size() > MOST) {
        known.remove(0);
      }
      all.add(service + "/" + log, known);
    }
  }

  /// Whole or not at all.
  void write() {
    if (file == null) {
      return;
    }
    try {
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(draft, new GsonBuilder().setPrettyPrinting().create().toJson(all) + "\n");
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw CommandFailure.usage("can't write " + file + ": " + e.getMessage());
    }
  }
}
