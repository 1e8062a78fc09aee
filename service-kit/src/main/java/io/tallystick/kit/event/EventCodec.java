package io.tallystick.kit.event;

import com.google.protobuf.ByteString;
import io.tallystick.kit.trace.TraceContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Events as fields of a stream entry: `id`, `type`, `key`, `at` (ISO 8601), `trace`, `data`.
final class EventCodec {
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private EventCodec() {}

  static Request addFields(Request add, Event event) {
    add.arg("id").arg(event.id().toString());
    add.arg("type").arg(event.type());
    add.arg("key").arg(event.key());
    add.arg("at").arg(event.occurredAt().toString());
    event.traceparent().ifPresent(trace -> add.arg("trace").arg(trace));
    return add.arg("data").arg(Buffer.buffer(event.data().toByteArray()));
  }

  /// @throws UndecodableEventException if a field is missing or malformed
  static Event decode(Map<String, byte[]> fields) {
    try {
      return new Event(
          UUID.fromString(text(fields, "id")),
          text(fields, "type"),
          text(fields, "key"),
          time(fields, "at"),
          Optional.ofNullable(fields.get("trace"))
              .map(trace -> new String(trace, StandardCharsets.US_ASCII))
              .filter(TraceContext::valid),
          ByteString.copyFrom(required(fields, "data")));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new UndecodableEventException("a field is malformed: " + e.getMessage(), e);
    }
  }

  /// Without NUL, which PostgreSQL's text can't hold: neither an effect nor a dead letter could be
  /// stored.
  private static String text(Map<String, byte[]> fields, String name) {
    String text = new String(required(fields, name), StandardCharsets.UTF_8);
    if (text.indexOf('\0') >= 0) {
      throw new UndecodableEventException("field has a NUL: " + name);
    }
    return text;
  }

  /// Within the years that PostgreSQL can store.
  private static Instant time(Map<String, byte[]> fields, String name) {
    Instant time = Instant.parse(text(fields, name));
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
      throw new UndecodableEventException("field is no time of an event: " + name);
    }
    return time;
  }

  private static byte[] required(Map<String, byte[]> fields, String name) {
    byte[] value = fields.get(name);
    if (value == null) {
      throw new UndecodableEventException("field is missing: " + name);
    }
    return value;
  }
}
