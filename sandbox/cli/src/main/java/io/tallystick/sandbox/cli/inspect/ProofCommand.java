package io.tallystick.sandbox.cli.inspect;

import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.proof.DoubleSpendProof;
import io.tallystick.protocol.proof.ProofStatus;
import io.tallystick.protocol.wire.Armor;
import io.tallystick.protocol.wire.MalformedException;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.PlatformOption;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Proofs of double spending.
@Command(
    name = "proof",
    mixinStandardHelpOptions = true,
    description = "Checks proofs of double spending.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ProofCommand.Verify.class)
public final class ProofCommand {
  private ProofCommand() {}

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Checks a double-spend proof offline, with nothing but the platform's root key: two tokens, one serial, two"
            + " bodies, every signature good.",
        "Exit status: 0 proven, 1 not proven or no proof at all, 2 a file can't be read."
      })
  static final class Verify implements Callable<Integer> {
    @Mixin private OutputOptions output;
    @Mixin private PlatformOption platform;

    @Parameters(
        paramLabel = "FILE",
        description = "The bundle: binary or text armour, - for standard input.")
    private String file;

    @Option(
        names = "--root",
        paramLabel = "PEM",
        description = "The root's public key (default: the one the platform file names).")
    private @Nullable String rootFile;

    @Override
    public Integer call() {
      Sm2PublicKey root = root();
      try {
        DoubleSpendProof proof = parse(InputFile.unwrapText(InputFile.read(file)));
        ProofStatus status = proof.verify(root);
        output.print(
            document(proof, status),
            out ->
                out.printf(
                    "%s%nserial %s, device %s%n  %s to %s at %s%n  %s to %s at %s%n",
                    explain(status),
                    proof.serial(),
                    proof.deviceId(),
                    proof.first().body().amount(),
                    proof.first().body().merchant(),
                    proof.first().body().terminal(),
                    proof.second().body().amount(),
                    proof.second().body().merchant(),
                    proof.second().body().terminal()));
        return status == ProofStatus.PROVEN ? ExitStatus.OK : ExitStatus.REFUSED;
      } catch (MalformedException e) {
        throw CommandFailure.refused(file + " is no double-spend proof: " + e.getMessage());
      }
    }

    private Sm2PublicKey root() {
      String name = rootFile != null ? rootFile : platform.read().rootPublicKeyFile().toString();
      try {
        return Sm2PublicKey.parsePem(new String(InputFile.read(name), StandardCharsets.US_ASCII));
      } catch (MalformedException e) {
        throw CommandFailure.usage(name + " is no public key: " + e.getMessage());
      }
    }

    private static DoubleSpendProof parse(byte[] content) {
      return Armor.looksLike(content)
          ? DoubleSpendProof.parseText(
              new String(content, StandardCharsets.US_ASCII), NetworkProfile.DEFAULT)
          : DoubleSpendProof.parse(content);
    }

    private static String explain(ProofStatus status) {
      return switch (status) {
        case PROVEN -> "PROVEN: the device signed two taps with one serial";
        case SERIALS_DIFFER -> "not proven: two different serials, nothing wrong";
        case BODIES_EQUAL -> "not proven: the same tap twice, nothing wrong";
        case ROOT_SIGNATURE -> "not proven: an issuer certificate is not signed by this root";
        case ISSUER_NUMBER_MISMATCH -> "not proven: an authorisation names another issuer";
        case AUTHORISATION_SIGNATURE -> "not proven: an authorisation is not signed by its issuer";
        case DEVICE_SIGNATURE -> "not proven: a token is not signed by its device";
      };
    }

    private static Map<String, Object> document(DoubleSpendProof proof, ProofStatus status) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("proven", status == ProofStatus.PROVEN);
      document.put("status", status.name().toLowerCase(Locale.ROOT));
      document.put("serial", proof.serial().toString());
      document.put("deviceId", proof.deviceId().toString());
      return document;
    }
  }
}
