package io.tallystick.sandbox.cli.wallet;

import io.tallystick.sandbox.cli.Document;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sdk.wallet.client.Devices;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The payer's devices.
@Command(
    name = "devices",
    mixinStandardHelpOptions = true,
    description = "The payer's devices, newest first.")
final class DevicesCommand extends SdkCommand {
  @Mixin private OnlineWallet online;
  @Mixin private OutputOptions output;

  @Override
  protected int run() {
    try (OnlineWallet.Session session = online.open()) {
      List<Devices.Device> devices = session.client().devices().list();
      output.print(
          Document.of()
              .with("devices", devices.stream().map(DevicesCommand::document).toList())
              .members(),
          out -> devices.forEach(device -> out.println(line(device))));
      return ExitStatus.OK;
    }
  }

  static Document document(Devices.Device device) {
    return Document.of()
        .with("deviceId", device.deviceId().toString())
        .with("name", device.name())
        .with("state", device.state())
        .with("keyEpoch", device.keyEpoch())
        .with("allowance", device.allowance())
        .with("enrolledAt", device.enrolledAt())
        .with("expiresAt", device.expiresAt())
        .with("revokedAt", device.revokedAt())
        .with("revocationReason", device.revocationReason());
  }

  static String line(Devices.Device device) {
    return "%s  %-8s %-20s allowance %s, enrolled %s%s"
        .formatted(
            device.deviceId(),
            device.state(),
            device.name(),
            device.allowance(),
            device.enrolledAt(),
            device.revocationReason().map(reason -> ", revoked: " + reason).orElse(""));
  }
}
