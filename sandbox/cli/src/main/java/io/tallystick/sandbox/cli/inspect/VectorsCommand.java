package io.tallystick.sandbox.cli.inspect;

import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Checks published vectors of the dynamic password.
@Command(
    name = "vectors",
    mixinStandardHelpOptions = true,
    description = {
      "Checks test vectors of GM/T 0021 (SM3): lines of key(hex),T,C,Q,password.",
      "T is used as given; passwords have 6 to 8 digits; lines that begin with # are passed over.",
      "Exit status: 0 all right, 1 at least one wrong, 2 the file can't be used."
    })
public final class VectorsCommand implements Callable<Integer> {
  @Mixin private OutputOptions output;

  @Parameters(paramLabel = "FILE", description = "The vectors, CSV.")
  private Path file;

  @Override
  public Integer call() {
    List<VectorFile.Result> results =
        read().vectors().stream().map(VectorFile.Vector::check).toList();
    if (results.isEmpty()) {
      throw CommandFailure.usage(file + " holds no vector");
    }
    long wrong = results.stream().filter(result -> !result.right()).count();
    output.print(
        Map.of("vectors", results.size(), "wrong", wrong, "results", results),
        out -> print(out, results, wrong));
    return wrong == 0 ? ExitStatus.OK : ExitStatus.REFUSED;
  }

  private VectorFile read() {
    try {
      return VectorFile.parse(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw CommandFailure.usage(file + " is not text");
    } catch (IOException e) {
      throw CommandFailure.usage("can't read " + file + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(file + ": " + e.getMessage());
    }
  }

  private static void print(PrintStream out, List<VectorFile.Result> results, long wrong) {
    for (VectorFile.Result result : results) {
      out.printf(
          "line %d: %s %s%n",
          result.line(),
          result.expected(),
          result.right() ? "right" : "WRONG, computed " + result.computed());
    }
    out.printf("%d vectors, %d wrong%n", results.size(), wrong);
  }
}
