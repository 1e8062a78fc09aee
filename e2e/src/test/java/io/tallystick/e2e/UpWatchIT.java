package io.tallystick.e2e;

import static io.tallystick.e2e.Commands.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.sandbox.cli.Tally;
import io.tallystick.sandbox.platform.ServiceName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// `./tally up --watch` in a terminal: the program `script` of util-linux gives it one.
@Tag("own-platform")
@EnabledOnOs(OS.LINUX)
class UpWatchIT {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final String OTHER_SCREEN = "\u001b[?1049h";
  private static final String FIRST_SCREEN = "\u001b[?1049l";
  private static final String SHOW_CURSOR = "\u001b[?25h";
  private static final int CTRL_C = 3;
  private static final int INTERRUPTED = 130;
  private static final long STOP_SECONDS = 60;

  private final Path root = RunningPlatform.folder("up-watch");
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private Process terminal;

  /// Politely, so that PostgreSQL, which is a child of nobody's, ends too.
  @AfterEach
  void end() throws InterruptedException {
    if (terminal != null) {
      terminal.descendants().forEach(ProcessHandle::destroy);
      terminal.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
      terminal.destroyForcibly();
    }
  }

  @Test
  void showsFiguresUntilCtrlC() throws Exception {
    start();
    Eventually.holds("the screen begins", () -> shown().contains(OTHER_SCREEN));
    payOnce();
    Eventually.holds("the payment is counted", () -> lastFrame().contains("paid 1"));
    Eventually.holds("the ledger is looked at", () -> lastFrame().contains("in balance"));
    assertThat(lastFrame())
        .contains("Tallystick", "verify", "seed", "risk", "clearing", "notify", "calls/s")
        .doesNotContain("not reachable");
    List<ProcessHandle> parts = terminal.descendants().toList();
    assertThat(parts).hasSizeGreaterThan(ServiceName.values().length);

    terminal.getOutputStream().write(CTRL_C);
    terminal.getOutputStream().flush();

    assertThat(terminal.waitFor(STOP_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    assertThat(terminal.exitValue()).isEqualTo(INTERRUPTED);
    Eventually.holds("all of it is read", () -> shown().contains(FIRST_SCREEN));
    assertThat(shown()).endsWith(SHOW_CURSOR + FIRST_SCREEN);
    assertThat(parts).noneMatch(ProcessHandle::isAlive);
    assertThat(root.resolve(".tally/up/platform.json")).doesNotExist();
    assertThat(root.resolve(".tally/up/postgres/data/postmaster.pid")).doesNotExist();
  }

  /// A root of its own, so that a platform of this checkout is left alone; what was built is
  /// linked.
  private void start() throws IOException {
    Files.createDirectories(root);
    for (ServiceName service : ServiceName.values()) {
      String module = service.moduleName();
      Files.createSymbolicLink(root.resolve(module), CHECKOUT.resolve(module));
    }
    String command =
        String.join(
            " ",
            // What was begun in the background of a shell ignores Ctrl-C, and hands that on.
            "env --default-signal=INT",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m",
            "-Dtally.root=" + root,
            "-DTALLY_PG_BINARIES=" + System.getProperty("TALLY_PG_BINARIES", ""),
            "-cp " + System.getProperty("java.class.path"),
            Tally.class.getName(),
            "up --watch");
    ProcessBuilder script = new ProcessBuilder("script", "-qefc", command, "/dev/null");
    script.environment().put("TERM", "xterm");
    terminal = script.redirectErrorStream(true).start();
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (InputStream in = terminal.getInputStream()) {
      byte[] piece = new byte[8_192];
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        screen.write(piece, 0, count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String shown() {
    return screen.toString(StandardCharsets.UTF_8);
  }

  /// What was drawn last from the upper left corner on.
  private String lastFrame() {
    String[] frames = shown().split("\u001b\\[H", -1);
    return frames[frames.length - 1];
  }

  private void payOnce() {
    String wallet = root.resolve("wim.wallet").toString();
    String till = root.resolve("till.terminal").toString();
    String[] login = {"--wallet", wallet, "--user", "wim", "--user-password=secret"};
    run("bank", "deposit", "--payer", "wim", "--amount", "300.00");
    run(join(new String[] {"wallet", "password", "set", "--new=739164"}, login));
    run(join(new String[] {"wallet", "enrol", "--payment-password=739164"}, login));
    run("terminal", "setup", "--terminal", till, "--merchant", "WATCHED", "--id", "W1");
    String[] code = {"wallet", "code", "--offline", "--refresh", "--digits-only"};
    String digits = run(join(code, "--wallet", wallet)).strip();
    run("terminal", "pay", "--terminal", till, "--code", digits, "--amount", "1.00");
  }

  private String run(String... arguments) {
    Path platform = root.resolve(".tally/up/platform.json");
    Commands.Answer answer = Commands.runOn(platform, arguments);
    assertThat(answer.status()).as(answer.text()).isZero();
    return answer.text();
  }
}
