package io.tallystick.kit.event;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads replies, which are maps in protocol RESP3 and flat lists of pairs in RESP2.
final class RedisReplies {
  /// An entry of a stream as it was read.
  record Entry(EntryId id, Map<String, byte[]> fields) {}

  private RedisReplies() {}

  static List<Response> list(@Nullable Response reply) {
    return reply == null ? List.of() : reply.stream().toList();
  }

  static Optional<String> field(@Nullable Response reply, String name) {
    if (reply == null) {
      return Optional.empty();
    }
    if (reply.isMap()) {
      return Optional.ofNullable(reply.get(name)).map(Response::toString);
    }
    for (int i = 0; i + 1 < reply.size(); i += 2) {
      if (reply.get(i).toString().equals(name)) {
        return Optional.ofNullable(reply.get(i + 1)).map(Response::toString);
      }
    }
    return Optional.empty();
  }

  /// Entries of the one stream that was asked for (`XREADGROUP`).
  static List<Entry> entriesOfStream(@Nullable Response reply) {
    if (reply == null || reply.size() == 0) {
      return List.of();
    }
    Response entries =
        reply.isMap() ? reply.get(reply.getKeys().iterator().next()) : reply.get(0).get(1);
    return entries(entries);
  }

  /// Entries of a list (`XCLAIM`, `XRANGE`); those that were deleted meanwhile are null in it and
  /// left out.
  static List<Entry> entries(@Nullable Response reply) {
    List<Entry> entries = new ArrayList<>();
    for (Response entry : list(reply)) {
      if (entry != null && entry.size() == 2 && entry.get(1) != null) {
        entries.add(new Entry(EntryId.parse(entry.get(0).toString()), fields(entry.get(1))));
      }
    }
    return entries;
  }

  private static Map<String, byte[]> fields(Response reply) {
    Map<String, byte[]> fields = new HashMap<>();
    if (reply.isMap()) {
      reply.getKeys().forEach(name -> fields.put(name, reply.get(name).toBytes()));
    } else {
      for (int i = 0; i + 1 < reply.size(); i += 2) {
        fields.put(reply.get(i).toString(), reply.get(i + 1).toBytes());
      }
    }
    return fields;
  }
}
