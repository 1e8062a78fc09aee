package io.tallystick.sandbox.cli.wallet;

import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.wire.MalformedException;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sdk.wallet.Enrolment;
import io.tallystick.sdk.wallet.client.Devices;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Revocation.
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = "Revokes a device: from this moment it can no longer pay.")
final class RevokeCommand extends SdkCommand {
  @Mixin private OnlineWallet online;
  @Mixin private PaymentPasswordOption paymentPassword;
  @Mixin private OutputOptions output;

  @Parameters(
      arity = "0..1",
      paramLabel = "DEVICE",
      description = "A device id of 'wallet devices' (default: this wallet's).")
  private @Nullable String device;

  @Override
  protected int run() {
    try (OnlineWallet.Session session = online.open()) {
      Devices.Device revoked =
          session.client().devices().revoke(chosen(session), paymentPassword.value());
      output.print(
          DevicesCommand.document(revoked).members(),
          out -> out.println("revoked " + DevicesCommand.line(revoked)));
      return ExitStatus.OK;
    }
  }

  private DeviceId chosen(OnlineWallet.Session session) {
    if (device != null) {
      try {
        return DeviceId.parse(device);
      } catch (MalformedException malformed) {
        throw CommandFailure.usage("no device id: " + device);
      }
    }
    Enrolment enrolment = session.wallet().state().enrolment();
    if (enrolment == null) {
      throw CommandFailure.usage("the wallet is not enrolled; name a device");
    }
    return enrolment.deviceId();
  }
}
