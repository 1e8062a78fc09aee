package io.tallystick.sandbox.cli.login;

import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.PlatformOption;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sandbox.platform.PlatformTls;
import io.tallystick.sandbox.platform.SandboxUsers;
import io.tallystick.sdk.wallet.http.JdkHttpTransport;
import io.tallystick.sdk.wallet.http.RestClient;
import java.io.IOException;
import java.net.URI;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/// Somebody with a role. Without a login it is the sandbox's own user of that role. A picocli
/// mixin.
public final class RoleOptions {
  @Mixin private PlatformOption platform;
  @Mixin private LoginOptions login;

  /// Where the platform is.
  public PlatformDescription platform() {
    return platform.read();
  }

  /// A client of one service.
  ///
  /// @param role a role of the platform, which is also the sandbox user's name
  /// @param service which of the addresses
  public RestClient connect(String role, Function<PlatformDescription.RestAddresses, URI> service) {
    PlatformDescription description = platform();
    String token =
        login
            .token(description.oidcIssuer())
            .orElseGet(
                () -> OidcLogin.at(description.oidcIssuer()).login(role, SandboxUsers.PASSWORD))
            .value();
    try {
      return RestClient.of(
          JdkHttpTransport.trusting(PlatformTls.trusting(description.caFile())),
          service.apply(description.rest()),
          () -> token);
    } catch (IOException unreadable) {
      throw CommandFailure.usage("can't use the platform's CA: " + unreadable.getMessage());
    }
  }
}
