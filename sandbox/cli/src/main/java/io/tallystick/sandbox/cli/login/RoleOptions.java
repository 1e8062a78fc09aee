package io.tallystick.sandbox.cli.login;

import io.tallystick.sandbox.cli.PlatformOption;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sandbox.platform.PlatformDescription.RestAddresses;
import io.tallystick.sandbox.platform.SandboxUsers;
import io.tallystick.sdk.wallet.http.RestClient;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/// Somebody with a role who calls the services over REST. Without a login it is the sandbox's own
/// user of that role. A picocli mixin of mixins.
public final class RoleOptions {
  @Mixin private PlatformOption platform;
  @Mixin private LoginOptions login;

  /// A client of one service.
  ///
  /// @param role a role of the platform, which is also the sandbox user's name
  /// @param service which of the addresses
  public RestClient connect(String role, Function<RestAddresses, URI> service) {
    PlatformDescription description = platform.read();
    return ServiceClients.connect(
        description, service.apply(description.rest()), token(description, role));
  }

  /// A client of every service, by its short name.
  ///
  /// @param role as for [#connect]
  public Map<String, RestClient> services(String role) {
    PlatformDescription description = platform.read();
    String token = token(description, role);
    RestAddresses rest = description.rest();
    Map<String, RestClient> clients = new LinkedHashMap<>();
    clients.put("seed", ServiceClients.connect(description, rest.seedService(), token));
    clients.put("verify", ServiceClients.connect(description, rest.verifyService(), token));
    clients.put("clearing", ServiceClients.connect(description, rest.clearingService(), token));
    clients.put("risk", ServiceClients.connect(description, rest.riskService(), token));
    clients.put("notify", ServiceClients.connect(description, rest.notifyService(), token));
    return clients;
  }

  private String token(PlatformDescription description, String role) {
    URI issuer = description.oidcIssuer();
    return login
        .token(issuer)
        .orElseGet(() -> OidcLogin.at(issuer).login(role, SandboxUsers.PASSWORD))
        .value();
  }
}
