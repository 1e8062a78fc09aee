package io.tallystick.sandbox.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A PKCS#11 token of SoftHSM2 (Debian packages `softhsm2` and `opensc`), made for tests.
///
/// The library reads its configuration from the file that the variable [#VARIABLE] names, once in a
/// process; so all tokens of a test run lie in one folder beside that file, and have to be made
/// before the library is used for the first time.
///
/// @param folder with the token's own files
/// @param slot number of its slot
public record SoftHsm(Path folder, long slot) {
  public static final String VARIABLE = "SOFTHSM2_CONF";
  public static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
  public static final String PIN = "490813";

  private static final String TOOL = "pkcs11-tool";
  private static final int LIMIT_SECONDS = 20;
  private static final Pattern SLOT = Pattern.compile("reassigned to slot ([0-9]+)");

  /// Whether this machine has it and the test run names a place for tokens.
  public static boolean isThere() {
    return System.getenv(VARIABLE) != null
        && Files.exists(LIBRARY)
        && onPath("softhsm2-util")
        && onPath(TOOL);
  }

  /// A new token without keys.
  public static SoftHsm create(String label) {
    try {
      Path configuration = configuration();
      Path tokens = Files.createDirectories(configuration.resolveSibling("tokens"));
      Files.writeString(
          configuration, "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
      List<Path> before = list(tokens);
      String said =
          run(
              "softhsm2-util",
              "--init-token",
              "--free",
              "--label",
              label,
              "--so-pin",
              PIN + PIN,
              "--pin",
              PIN);
      Matcher slot = SLOT.matcher(said);
      if (!slot.find()) {
        throw new IllegalStateException("softhsm2-util did not name a slot: " + said);
      }
      List<Path> after = new ArrayList<>(list(tokens));
      after.removeAll(before);
      return new SoftHsm(after.getFirst(), Long.parseLong(slot.group(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The file that the variable names.
  public static Path configuration() {
    return Path.of(System.getenv(VARIABLE));
  }

  /// Makes an AES key in the token, as `docs/operations/keys.md` says.
  ///
  /// @param secrecy `--sensitive`, or `--extractable` for one that can be read out
  public SoftHsm withKey(String label, String secrecy) {
    tool("--keygen", "--key-type", "AES:32", "--label", label, "--private", secrecy);
    return this;
  }

  private void tool(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(TOOL, "--module", LIBRARY.toString(), "--slot", Long.toString(slot)));
    command.addAll(List.of("--login", "--pin", PIN));
    command.addAll(List.of(arguments));
    run(command.toArray(String[]::new));
  }

  private static List<Path> list(Path folder) {
    try (var files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean onPath(String program) {
    return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(command[0] + " failed: " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
