package io.tallystick.sandbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandTreeTest {
  @Test
  void everyCommandExplainsItself() {
    List<String> wrong = new ArrayList<>();
    visit(Tally.commandLine(), "tally", wrong);
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyLeafOfTheGroupsPrintsJson() {
    List<String> without = new ArrayList<>();
    for (String group : List.of("wallet", "terminal", "merchant")) {
      leaves(Tally.commandLine().getSubcommands().get(group), group, without);
    }
    assertThat(without).isEmpty();
  }

  @Test
  void wrongUseIsTwo(@TempDir Path folder) {
    String wallet = folder.resolve("w").toString();
    assertThat(quiet("wallet", "tap")).isEqualTo(ExitStatus.USAGE);
    assertThat(quiet("wallet", "tap", "--wallet", wallet, "--terminal", "none", "--amount", "1.00"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(quiet("terminal", "pay", "--terminal", "none", "--code", "1", "--amount", "x"))
        .isEqualTo(ExitStatus.USAGE);
  }

  private static int quiet(String... arguments) {
    return Tally.commandLine().setErr(new PrintWriter(new StringWriter())).execute(arguments);
  }

  private static void visit(CommandLine command, String name, List<String> wrong) {
    StringWriter out = new StringWriter();
    CommandLine printing = command.setOut(new PrintWriter(out));
    printing.usage(printing.getOut());
    boolean described = command.getCommandSpec().usageMessage().description().length > 0;
    boolean ours = !command.getCommandName().equals("help");
    if (ours && (!described || !out.toString().startsWith("Usage:"))) {
      wrong.add(name);
    }
    command.getSubcommands().forEach((sub, line) -> visit(line, name + " " + sub, wrong));
  }

  private static void leaves(CommandLine command, String name, List<String> without) {
    if (command.getSubcommands().isEmpty()
        && command.getCommandSpec().findOption("--json") == null) {
      without.add(name);
    }
    command.getSubcommands().forEach((sub, line) -> leaves(line, name + " " + sub, without));
  }
}
