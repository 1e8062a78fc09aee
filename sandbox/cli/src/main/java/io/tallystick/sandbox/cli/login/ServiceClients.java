package io.tallystick.sandbox.cli.login;

import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.Traces;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sandbox.platform.PlatformTls;
import io.tallystick.sdk.wallet.http.JdkHttpTransport;
import io.tallystick.sdk.wallet.http.RestClient;
import java.io.IOException;
import java.net.URI;

/// Clients of the platform's services over REST.
public final class ServiceClients {
  private ServiceClients() {}

  /// A client of one service, for whoever has the token.
  public static RestClient connect(PlatformDescription platform, URI service, String token) {
    try {
      return RestClient.of(
              JdkHttpTransport.trusting(PlatformTls.trusting(platform.caFile())),
              service,
              () -> token)
          .tracedBy(Traces.ofEnvironment());
    } catch (IOException unreadable) {
      throw CommandFailure.usage("can't use the platform's CA: " + unreadable.getMessage());
    }
  }
}
