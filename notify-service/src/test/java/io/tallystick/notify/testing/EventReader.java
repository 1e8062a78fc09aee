package io.tallystick.notify.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Reads an event stream as the HTML standard (§9.2) has it.
public final class EventReader implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final String END = "\u0000end";

  private final Stream<String> stream;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private EventReader(Stream<String> stream) {
    this.stream = stream;
  }

  /// One event.
  public record Event(String id, String name, JsonNode data) {}

  public static EventReader open(HttpResponse<Stream<String>> response) {
    if (response.statusCode() != 200) {
      throw new AssertionError("stream was answered " + response.statusCode());
    }
    EventReader reader = new EventReader(response.body());
    Thread.ofVirtual().start(reader::read);
    return reader;
  }

  /// The next event, whatever comments come before it.
  public Event next() {
    long deadline = deadline();
    String id = "";
    String name = "";
    String data = "";
    while (true) {
      String line = line(deadline);
      if (line.equals(END)) {
        throw new AssertionError("the stream ended");
      }
      if (line.isEmpty() && !data.isEmpty()) {
        try {
          return new Event(id, name, JSON.readTree(data));
        } catch (JsonProcessingException e) {
          throw new UncheckedIOException(e);
        }
      }
      id = value(line, "id").orElse(id);
      name = value(line, "event").orElse(name);
      data = value(line, "data").map(data::concat).orElse(data);
    }
  }

  /// Waits for a comment.
  public void awaitComment() {
    long deadline = deadline();
    while (!line(deadline).startsWith(":")) {
      // Another line.
    }
  }

  /// Waits until the server ends the stream.
  public void awaitEnd() {
    long deadline = deadline();
    while (!line(deadline).equals(END)) {
      // Another line.
    }
  }

  @Override
  public void close() {
    stream.close();
  }

  private static Optional<String> value(String line, String field) {
    return line.startsWith(field + ":")
        ? Optional.of(line.substring(field.length() + 1).stripLeading())
        : Optional.empty();
  }

  private static long deadline() {
    return System.nanoTime() + BOUND.toNanos();
  }

  private String line(long deadline) {
    try {
      long left = deadline - System.nanoTime();
      String line = left > 0 ? lines.poll(left, TimeUnit.NANOSECONDS) : null;
      if (line == null) {
        throw new AssertionError("not within " + BOUND);
      }
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void read() {
    try {
      stream.forEach(lines::add);
    } catch (UncheckedIOException closed) {
      // This side closed it.
    } finally {
      lines.add(END);
    }
  }
}
