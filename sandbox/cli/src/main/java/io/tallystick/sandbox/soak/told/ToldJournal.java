package io.tallystick.sandbox.soak.told;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallystick.sandbox.soak.told.Line.Phase;
import io.tallystick.sandbox.soak.told.Line.What;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The file of what was asked and told, a JSON object a line.
public final class ToldJournal implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BufferedWriter out;

  private ToldJournal(BufferedWriter out) {
    this.out = out;
  }

  /// Begins a new journal.
  public static ToldJournal create(Path file) throws IOException {
    return new ToldJournal(Files.newBufferedWriter(file));
  }

  /// The lines of a journal, in order.
  public static List<Line> read(Path file) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (String text : Files.readAllLines(file)) {
      lines.add(JSON.readValue(text, Line.class));
    }
    return List.copyOf(lines);
  }

  /// Before a call leaves.
  ///
  /// @param facts names and values, alternating
  public void asks(int step, What what, String subject, Object... facts) {
    write(step, Phase.ASKS, what, subject, facts);
  }

  /// After its answer came, or after it was clear that none will.
  ///
  /// @param facts names and values, alternating
  public void told(int step, What what, String subject, Object... facts) {
    write(step, Phase.TOLD, what, subject, facts);
  }

  private void write(int step, Phase phase, What what, String subject, Object... facts) {
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i + 1 < facts.length; i += 2) {
      named.put(facts[i].toString(), facts[i + 1].toString());
    }
    append(new Line(System.currentTimeMillis(), step, phase, what, subject, named));
  }

  private synchronized void append(Line line) {
    try {
      out.write(JSON.writeValueAsString(line));
      out.newLine();
      out.flush(); // The harness may be killed too.
    } catch (JsonProcessingException e) {
      throw new AssertionError("a line is plain data", e);
    } catch (IOException e) {
      throw new UncheckedIOException("what was told can't be written down", e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
