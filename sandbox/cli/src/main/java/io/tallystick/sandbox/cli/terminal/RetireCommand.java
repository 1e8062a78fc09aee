package io.tallystick.sandbox.cli.terminal;

import com.google.protobuf.Timestamp;
import io.tallystick.api.verify.v1.RetireTerminalRequest;
import io.tallystick.api.verify.v1.TerminalAdminServiceGrpc;
import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.PlatformOption;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.cli.operator.OperatorCall;
import io.tallystick.sandbox.platform.PlatformDescription;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Takes a terminal out of force.
@Command(
    name = "retire",
    mixinStandardHelpOptions = true,
    description = {
      "Takes a stolen or lost terminal out of force, as the sandbox's operator: within two seconds the platform refuses"
          + " all its calls, whatever certificate it holds. One that was retired before stays as it was.",
      "Replace it under another id. One that was retired by mistake comes back with 'setup --reinstate'.",
      "Exit status: 0 retired, 1 there is no such terminal, 2 wrong use, 3 not reached."
    })
final class RetireCommand extends SdkCommand {
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

  @Option(names = "--reason", required = true, description = "Why, for the audit trail.")
  private String reason;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "The idempotency key (default: a new one).")
  private @Nullable String key;

  @Override
  protected int run() {
    PlatformDescription description = platform.read();
    Timestamp since =
        OperatorCall.make(
            description,
            description.grpc().verifyService(),
            channel ->
                TerminalAdminServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(OperatorCall.DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .retireTerminal(request())
                    .getRetiredAt());
    Instant retiredAt = Instant.ofEpochSecond(since.getSeconds(), since.getNanos());
    output.print(
        Document.of()
            .with("merchantId", merchantId)
            .with("terminalId", terminalId)
            .with("retiredAt", retiredAt)
            .members(),
        out ->
            out.printf(
                "terminal %s of %s is retired since %s%n", terminalId, merchantId, retiredAt));
    return ExitStatus.OK;
  }

  private RetireTerminalRequest request() {
    return RetireTerminalRequest.newBuilder()
        .setIdempotencyKey(key != null ? key : UUID.randomUUID().toString())
        .setMerchantId(merchantId)
        .setTerminalId(terminalId)
        .setReason(reason)
        .build();
  }
}
