package io.tallystick.sandbox.cli.keys;

import static java.util.Objects.requireNonNull;

import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Changes to a file of key-encryption keys, one step of a rotation each.
public final class KeyFileCommands {
  private KeyFileCommands() {}

  abstract static class OfFile implements Callable<Integer> {
    @Mixin private OutputOptions output;

    @Option(
        names = "--file",
        required = true,
        description =
            "The service's key file; of a sandbox .tally/up/key-encryption-seed.keys or -notify.keys.")
    private Path file;

    /// Changes the file and says what it did.
    abstract String change(KeyFile keys);

    @Override
    public final Integer call() {
      KeyFile keys = KeyFile.read(file);
      String done = change(keys);
      keys.write();
      output.print(
          Document.of()
              .with("versions", IntStream.of(keys.versions()).boxed().toList())
              .with("current", keys.current().isPresent() ? keys.current().getAsInt() : "unnamed")
              .members(),
          out -> out.println(done));
      return ExitStatus.OK;
    }
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Adds a new random version to a key file. Nothing is sealed with it yet.",
        "With a PKCS#11 token or a transit engine, the key stands wrapped in the file (docs/operations/keys.md)."
      })
  public static final class Add extends OfFile {
    @Option(
        names = "--service",
        paramLabel = "seed|notify",
        description = "Whose key it is: a wrapped key opens for this service only.")
    private @Nullable String service;

    @ArgGroup private @Nullable Wrapping wrapping;

    /// One of them.
    static final class Wrapping {
      @ArgGroup(exclusive = false, heading = "Wrapped by a PKCS#11 token:%n")
      private @Nullable TokenOptions token;

      @ArgGroup(exclusive = false, heading = "Wrapped by a transit engine (Vault, OpenBao):%n")
      private @Nullable TransitOptions transit;

      String wrap(String service, int version, byte[] key) {
        return token != null
            ? token.wrap(service, version, key)
            : requireNonNull(transit, "transit is null").wrap(service, version, key);
      }
    }

    @Override
    String change(KeyFile keys) {
      int version = keys.add(form());
      return "added version " + version + "; use it once every replica has read it";
    }

    private KeyFile.Form form() {
      Wrapping chosen = wrapping;
      if (chosen == null) {
        if (service != null) {
          throw CommandFailure.usage("--service is for a wrapped key: say what wraps it");
        }
        return KeyFile.Form.BARE;
      }
      if (!"seed".equals(service) && !"notify".equals(service)) {
        throw CommandFailure.usage("--service is seed or notify, not " + service);
      }
      String owner = service;
      return (version, key) -> chosen.wrap(owner, version, key);
    }
  }

  @Command(
      name = "use",
      mixinStandardHelpOptions = true,
      description =
          "Makes a version of a key file the current one: new secrets are sealed with it.")
  public static final class Use extends OfFile {
    @Parameters(paramLabel = "VERSION")
    private int version;

    @Override
    String change(KeyFile keys) {
      keys.use(version);
      return "version " + version + " seals; 'keys reseal' moves what older ones sealed";
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = {
        "Takes a version out of a key file. A running service keeps it while rows need it, and says so in 'keys status';"
            + " one that starts without a version that it needs refuses to start."
      })
  public static final class Remove extends OfFile {
    @Parameters(paramLabel = "VERSION")
    private int version;

    @Override
    String change(KeyFile keys) {
      keys.remove(version);
      return "version " + version + " is out of the file; 'keys status' says whether it is needed";
    }
  }
}
