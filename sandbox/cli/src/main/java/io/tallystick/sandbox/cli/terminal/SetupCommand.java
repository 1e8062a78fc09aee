package io.tallystick.sandbox.cli.terminal;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.tallystick.api.common.v1.Place;
import io.tallystick.api.verify.v1.RegisterMerchantRequest;
import io.tallystick.api.verify.v1.RegisterTerminalRequest;
import io.tallystick.api.verify.v1.TerminalAdminServiceGrpc;
import io.tallystick.api.verify.v1.TerminalAdminServiceGrpc.TerminalAdminServiceBlockingStub;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.pack.PackStatus;
import io.tallystick.protocol.wire.MalformedException;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.PlatformOption;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.cli.device.TerminalFile;
import io.tallystick.sandbox.cli.device.TerminalOption;
import io.tallystick.sandbox.platform.GrpcChannels;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sdk.terminal.Terminal;
import io.tallystick.sdk.terminal.TerminalIdentity;
import io.tallystick.sdk.terminal.platform.VerifyConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Makes a terminal.
@Command(
    name = "setup",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a receipt key, registers merchant and terminal as the sandbox's operator, has the development CA issue the"
          + " client certificate, writes the terminal's file and fetches its first pack.",
      "Run again for the same file it registers the same key anew and renews the certificate."
    })
final class SetupCommand extends SdkCommand {
  private static final int DEADLINE_SECONDS = 20;
  private static final double NOWHERE = Double.NaN;

  @Mixin private TerminalOption terminal;
  @Mixin private PlatformOption platform;
  @Mixin private OutputOptions output;

  @Option(
      names = "--merchant",
      required = true,
      paramLabel = "ID",
      description = "1 to 15 characters.")
  private String merchantId;

  @Option(
      names = "--id",
      required = true,
      paramLabel = "ID",
      description = "The terminal's id, 1 to 8 characters.")
  private String terminalId;

  @Option(names = "--name", description = "The merchant's name (default: its id).")
  private @Nullable String name;

  @Option(
      names = "--latitude",
      description = "Where it stands; left out for a terminal that moves.")
  private double latitude = NOWHERE;

  @Option(names = "--longitude", description = "Where it stands.")
  private double longitude = NOWHERE;

  @Option(
      names = "--floor-limit-minor",
      defaultValue = "100000",
      description =
          "Largest tap it takes at risk, minor units; 0 for none (default: ${DEFAULT-VALUE}).")
  private long floorLimitMinor;

  @Option(
      names = "--reinstate",
      description =
          "Takes a terminal back that was retired by mistake, and with it every certificate of its name.")
  private boolean reinstate;

  @Override
  protected int run() {
    PlatformDescription description = platform.read();
    TerminalIdentity identity = identity(description);
    register(description, identity);
    DevCa.Credentials credentials =
        DevCa.open(description.certificatesFolder()).terminal(merchantId, terminalId);
    TerminalFile file =
        new TerminalFile(
            terminal.file(),
            identity,
            description.caFile(),
            credentials.certificate(),
            credentials.key());
    try {
      file.write();
    } catch (IOException failed) {
      throw CommandFailure.usage("can't write " + terminal.file() + ": " + failed.getMessage());
    }
    PackStatus pack = fetchPack(file, description);
    output.print(
        Document.of()
            .with("merchantId", merchantId)
            .with("terminalId", terminalId)
            .with("identity", credentials.uri())
            .with("receiptKey", identity.receiptKey().publicKey().toString())
            .with("pack", pack.name().toLowerCase(Locale.ROOT))
            .members(),
        out -> {
          out.printf("terminal %s of %s is set up%n", terminalId, merchantId);
          out.printf("  certificate  %s%n", credentials.uri());
          out.printf("  receipt key  %s%n", identity.receiptKey().publicKey());
          out.printf("  pack         %s%n", pack.name().toLowerCase(Locale.ROOT));
        });
    return pack == PackStatus.GOOD ? ExitStatus.OK : ExitStatus.REFUSED;
  }

  private static PackStatus fetchPack(TerminalFile file, PlatformDescription description) {
    try (VerifyConnection connection = file.connect(description.grpc().verifyService());
        Terminal opened = file.open()) {
      return opened.refreshPack(connection);
    }
  }

  /// A new one, or the one that the file holds already.
  private TerminalIdentity identity(PlatformDescription description) {
    try {
      MerchantId merchant = MerchantId.parse(merchantId);
      TerminalId id = TerminalId.parse(terminalId);
      if (Files.exists(terminal.file())) {
        TerminalIdentity kept = terminal.read().identity();
        if (kept.merchant().equals(merchant) && kept.terminal().equals(id)) {
          return kept;
        }
        throw CommandFailure.usage(terminal.file() + " holds another terminal: " + kept);
      }
      return new TerminalIdentity(
          merchant,
          id,
          Sm2PrivateKey.generate(new SecureRandom()),
          Sm2PublicKey.parsePem(Files.readString(description.rootPublicKeyFile())));
    } catch (MalformedException malformed) {
      throw CommandFailure.usage(malformed);
    } catch (IOException unreadable) {
      throw CommandFailure.usage("can't read the root key: " + unreadable.getMessage());
    }
  }

  private void register(PlatformDescription description, TerminalIdentity identity) {
    ManagedChannel channel;
    try {
      channel = GrpcChannels.operator(description, description.grpc().verifyService());
    } catch (IOException unusable) {
      throw CommandFailure.usage("can't use the operator's certificate: " + unusable.getMessage());
    }
    try {
      TerminalAdminServiceBlockingStub admin =
          TerminalAdminServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
      admin.registerMerchant(
          RegisterMerchantRequest.newBuilder()
              .setMerchantId(merchantId)
              .setName(name == null ? merchantId : name)
              .build());
      admin.registerTerminal(request(identity));
    } catch (StatusRuntimeException failed) {
      throw switch (failed.getStatus().getCode()) {
        case UNAVAILABLE, DEADLINE_EXCEEDED, INTERNAL, UNKNOWN ->
            CommandFailure.unreachable(
                "verify-service does not answer: " + failed.getStatus(), failed);
        default -> CommandFailure.refused("not registered: " + failed.getStatus());
      };
    } finally {
      GrpcChannels.close(channel);
    }
  }

  private RegisterTerminalRequest request(TerminalIdentity identity) {
    RegisterTerminalRequest.Builder request =
        RegisterTerminalRequest.newBuilder()
            .setMerchantId(merchantId)
            .setTerminalId(terminalId)
            .setPublicKey(ByteString.copyFrom(identity.receiptKey().publicKey().compressed()))
            .setFloorLimitMinor(floorLimitMinor)
            .setReinstate(reinstate);
    if (Double.isNaN(latitude) != Double.isNaN(longitude)) {
      throw CommandFailure.usage("--latitude and --longitude belong together");
    }
    if (!Double.isNaN(latitude)) {
      request.setPlace(
          Place.newBuilder().setLatitudeDegrees(latitude).setLongitudeDegrees(longitude));
    }
    return request.build();
  }
}
