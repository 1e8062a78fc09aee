package io.tallystick.kit.event;

import com.google.protobuf.Message;
import io.tallystick.kit.database.Pipeline;
import io.tallystick.kit.service.ThisService;
import io.tallystick.kit.trace.TraceContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// Writes events in the transaction of their effect. The relay takes them from there.
@Singleton
public class Outbox {
  private static final String INSERT =
      """
      insert into outbox (event_id, stream, partition, partition_key, type, occurred_at, traceparent, payload)
      select * from unnest(?::uuid[], ?::text[], ?::smallint[], ?::text[], ?::text[],
                           ?::timestamptz[], ?::text[], ?::bytea[])
      """;

  private final ThisService service;
  private final EventsConfig config;
  private final RelaySignal signal;
  private final Clock clock;

  @Inject
  Outbox(ThisService service, EventsConfig config, RelaySignal signal, Clock clock) {
    this.service = service;
    this.config = config;
    this.signal = signal;
    this.clock = clock;
  }

  /// Writes one event; it is published after the handle's transaction commits.
  public void append(Handle handle, EventStream stream, String partitionKey, Message message) {
    append(handle, List.of(new OutboxMessage(stream, partitionKey, message)));
  }

  /// Writes several events with one statement.
  public void append(Handle handle, List<OutboxMessage> messages) {
    Pipeline pipeline = Pipeline.on(handle);
    append(pipeline, messages);
    pipeline.send();
  }

  /// As [#append(Handle, List)], once `pipeline` is sent.
  public void append(Pipeline pipeline, List<OutboxMessage> messages) {
    if (messages.isEmpty()) {
      return;
    }
    messages.forEach(this::check);
    int count = messages.size();
    UUID[] ids = new UUID[count];
    OffsetDateTime[] times = new OffsetDateTime[count];
    String[] streams = new String[count];
    Short[] partitions = new Short[count];
    String[] keys = new String[count];
    String[] types = new String[count];
    String[] traces = new String[count];
    byte[][] payloads = new byte[count][];
    for (int i = 0; i < count; i++) {
      OutboxMessage message = messages.get(i);
      ids[i] = EventIds.at(clock.instant());
      times[i] = clock.instant().atOffset(ZoneOffset.UTC);
      streams[i] = message.stream().streamName();
      partitions[i] = (short) partition(message.partitionKey(), config.partitions());
      keys[i] = message.partitionKey();
      types[i] = message.message().getDescriptorForType().getName();
      traces[i] = traceparent(message.message());
      payloads[i] = message.message().toByteArray();
    }
    Object[] columns = {ids, streams, partitions, keys, types, times, traces, payloads};
    Update insert = pipeline.handle().createUpdate(INSERT);
    for (int i = 0; i < columns.length; i++) {
      insert.bind(i, columns[i]);
    }
    pipeline.update(insert);
    pipeline.handle().afterCommit(signal::wake);
  }

  /// One of a batch belongs to the trace that brought it about.
  private static @Nullable String traceparent(Message message) {
    return EventSubject.of(message)
        .flatMap(TraceContext::about)
        .or(TraceContext::current)
        .orElse(null);
  }

  /// The partition of a key: the same in every version and on every machine.
  static int partition(String key, int partitions) {
    CRC32 hash = new CRC32();
    hash.update(key.getBytes(StandardCharsets.UTF_8));
    return (int) (hash.getValue() % partitions);
  }

  private void check(OutboxMessage message) {
    if (!message.stream().producer().equals(service.name())) {
      throw new IllegalArgumentException(
          "%s does not produce %s".formatted(service.name(), message.stream().streamName()));
    }
    int bytes = message.message().getSerializedSize();
    if (bytes > config.largestBytes()) {
      throw new IllegalArgumentException(
          "message has %d bytes, more than %d".formatted(bytes, config.largestBytes()));
    }
  }
}
