package io.tallystick.sdk.wallet.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events (WHATWG HTML, section 9.2), read one by one as they arrive. Reading blocks;
 * closing from another thread ends it.
 */
public final class EventStream implements AutoCloseable {
  /** Longest event. */
  public static final int MAX_EVENT_CHARACTERS = 256 * 1024;

  /** With the name of the longest field. */
  private static final int MAX_LINE_CHARACTERS = MAX_EVENT_CHARACTERS + 8;

  private final HttpStream stream;
  private final BufferedReader lines;
  private String lastEventId = "";
  private boolean endedWithReturn;
  private volatile boolean closed;

  private EventStream(HttpStream stream) {
    this.stream = stream;
    this.lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
  }

  static EventStream of(HttpStream stream) {
    return new EventStream(stream);
  }

  /**
   * One event.
   *
   * @param id the last id the stream has told, empty for none
   * @param type {@code message} where the stream names none
   * @param data lines joined by line feeds
   */
  public record Event(String id, String type, String data) {}

  /**
   * The next event with data; comments and empty events are passed over.
   *
   * @return empty when the stream has ended or was closed
   * @throws UnreachableException when the connection broke
   */
  public Optional<Event> next() {
    try {
      return read();
    } catch (IOException broken) {
      if (closed) {
        return Optional.empty();
      }
      throw new UnreachableException("the event stream broke: " + broken.getMessage(), broken);
    }
  }

  private Optional<Event> read() throws IOException {
    StringBuilder data = new StringBuilder();
    String type = "message";
    for (String line = line(); line != null; line = line()) {
      if (line.isEmpty()) {
        if (data.length() > 0) {
          return Optional.of(new Event(lastEventId, type, data.substring(0, data.length() - 1)));
        }
        type = "message";
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "data" -> append(data, value);
        case "event" -> type = value;
        case "id" -> lastEventId = value;
        default -> {
          // Comments, retry hints and fields of the future say nothing about an event.
        }
      }
    }
    return Optional.empty();
  }

  /** The next line, which ends with CR, LF or both; null at the end of the stream. */
  private @Nullable String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = lines.read(); next >= 0; next = lines.read()) {
      boolean isSecondOfTwo = next == '\n' && endedWithReturn;
      endedWithReturn = next == '\r';
      if (next == '\r' || next == '\n') {
        if (!isSecondOfTwo) {
          return line.toString();
        }
      } else if (line.length() == MAX_LINE_CHARACTERS) {
        throw tooLong();
      } else {
        line.append((char) next);
      }
    }
    return line.length() == 0 ? null : line.toString();
  }

  private static void append(StringBuilder data, String value) throws IOException {
    if (data.length() + value.length() > MAX_EVENT_CHARACTERS) {
      throw tooLong();
    }
    data.append(value).append('\n');
  }

  private static IOException tooLong() {
    return new IOException("an event is longer than " + MAX_EVENT_CHARACTERS + " characters");
  }

  @Override
  public void close() {
    closed = true;
    try {
      stream.close();
    } catch (IOException alreadyBroken) {
      // Closing is all that was wanted, and the connection is gone either way.
      return;
    }
  }
}
