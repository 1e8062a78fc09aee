package io.tallystick.sandbox.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintStream;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/// How a command prints: for a person, or as one JSON document with `--json`. A picocli mixin.
public final class OutputOptions {
  private static final ObjectMapper JSON =
      new ObjectMapper().findAndRegisterModules().enable(SerializationFeature.INDENT_OUTPUT);

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  /// Prints `document` as JSON if that was asked for, and otherwise what `text` writes.
  ///
  /// @param document maps, lists, records of strings and numbers
  public void print(Object document, Consumer<PrintStream> text) {
    if (!json) {
      text.accept(System.out);
      return;
    }
    try {
      System.out.println(JSON.writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new AssertionError("a command's document must be plain data", e);
    }
  }

  /// Whether `--json` was given.
  public boolean json() {
    return json;
  }
}
