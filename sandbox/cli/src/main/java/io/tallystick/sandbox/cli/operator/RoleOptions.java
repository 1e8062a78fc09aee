package io.tallystick.sandbox.cli.operator;

import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.PlatformOption;
import io.tallystick.sandbox.cli.Traces;
import io.tallystick.sandbox.cli.login.LoginOptions;
import io.tallystick.sandbox.cli.login.OidcLogin;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sandbox.platform.PlatformDescription.RestAddresses;
import io.tallystick.sandbox.platform.PlatformTls;
import io.tallystick.sandbox.platform.SandboxUsers;
import io.tallystick.sdk.wallet.http.JdkHttpTransport;
import io.tallystick.sdk.wallet.http.RestClient;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;

/// Somebody with a role who calls the services over REST; the sandbox's own when nobody logs in. A
/// picocli mixin of mixins.
final class RoleOptions {
  @Mixin private PlatformOption platform;
  @Mixin private LoginOptions login;

  /// A client of every service, by its short name.
  ///
  /// @param role the sandbox's user that has it
  Map<String, RestClient> services(String role) {
    PlatformDescription description = platform.read();
    String token =
        login
            .token(description.oidcIssuer())
            .orElseGet(
                () -> OidcLogin.at(description.oidcIssuer()).login(role, SandboxUsers.PASSWORD))
            .value();
    RestAddresses rest = description.rest();
    Map<String, RestClient> clients = new LinkedHashMap<>();
    clients.put("seed", connect(description, rest.seedService(), token));
    clients.put("verify", connect(description, rest.verifyService(), token));
    clients.put("clearing", connect(description, rest.clearingService(), token));
    clients.put("risk", connect(description, rest.riskService(), token));
    clients.put("notify", connect(description, rest.notifyService(), token));
    return clients;
  }

  private static RestClient connect(PlatformDescription description, URI service, String token) {
    try {
      return RestClient.of(
              JdkHttpTransport.trusting(PlatformTls.trusting(description.caFile())),
              service,
              () -> token)
          .tracedBy(Traces.ofEnvironment());
    } catch (IOException unreadable) {
      throw CommandFailure.usage("can't use the platform's CA: " + unreadable.getMessage());
    }
  }
}
