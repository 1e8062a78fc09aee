package io.tallystick.sandbox.cli.keys;

import io.grpc.StatusRuntimeException;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.PlatformOption;
import io.tallystick.sandbox.platform.IssuerCeremony;
import java.io.IOException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A new issuer key.
@Command(
    name = "rotate-issuer",
    mixinStandardHelpOptions = true,
    description = {
      "Has seed-service make a new issuer key, certifies it with the sandbox's root, and puts it in force. What the"
          + " earlier keys signed stays good until their certificates end."
    })
public final class RotateIssuerCommand implements Callable<Integer> {
  @Mixin private PlatformOption platform;
  @Mixin private OutputOptions output;

  @Option(
      names = "--name",
      description = "The new key's name, its idempotency key (default: a new one).")
  private @Nullable String name;

  @Override
  public Integer call() {
    String chosen = name != null ? name : "issuer-" + UUID.randomUUID();
    try {
      byte[] key = IssuerCeremony.rotate(platform.read(), chosen, Clock.systemUTC());
      String hex = HexFormat.of().formatHex(key);
      output.print(
          Document.of().with("name", chosen).with("publicKey", hex).members(),
          out -> out.println("issuer " + hex + " signs from now on"));
      return ExitStatus.OK;
    } catch (StatusRuntimeException failed) {
      throw CommandFailure.refused("seed-service refuses: " + failed.getStatus());
    } catch (IOException failed) {
      throw CommandFailure.unreachable(failed);
    }
  }
}
