package io.tallystick.sandbox.cli.wallet;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.PlatformOption;
import io.tallystick.sandbox.cli.Traces;
import io.tallystick.sandbox.cli.device.WalletOption;
import io.tallystick.sandbox.cli.login.LoginOptions;
import io.tallystick.sandbox.cli.login.OidcLogin;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sandbox.platform.PlatformTls;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.Wallet.Change;
import io.tallystick.sdk.wallet.client.PayerSession;
import io.tallystick.sdk.wallet.client.PlatformAddresses;
import io.tallystick.sdk.wallet.client.WalletClient;
import io.tallystick.sdk.wallet.http.JdkHttpTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/// A wallet with a platform and a payer who has logged in. A picocli mixin of mixins.
final class OnlineWallet {
  private static final String LOGIN = "login";

  /// A token that is about to expire would do so on the way.
  private static final Duration MARGIN = Duration.ofSeconds(10);

  @Mixin private WalletOption wallet;
  @Mixin private PlatformOption platform;
  @Mixin private LoginOptions login;

  /// An opened wallet and its connection.
  record Session(Wallet wallet, WalletClient client, PlatformDescription platform, String payerId)
      implements AutoCloseable {
    @Override
    public void close() {
      wallet.close();
    }
  }

  /// Opens the wallet and logs in, or goes on with the login that the wallet keeps.
  Session open() {
    PlatformDescription description = platform.read();
    Wallet opened = wallet.open();
    try {
      PayerSession payer = payer(opened, description);
      WalletClient client =
          WalletClient.connect(
              opened,
              JdkHttpTransport.trusting(PlatformTls.trusting(description.caFile())),
              new PlatformAddresses(
                  description.rest().seedService(),
                  description.rest().verifyService(),
                  description.rest().clearingService(),
                  description.rest().notifyService()),
              payer,
              Sm2PublicKey.parsePem(Files.readString(description.rootPublicKeyFile())),
              Traces.ofEnvironment());
      return new Session(opened, client, description, payer.payerId());
    } catch (IOException unreadable) {
      opened.close();
      throw CommandFailure.usage("can't use the platform's keys: " + unreadable.getMessage());
    } catch (RuntimeException failed) {
      opened.close();
      throw failed;
    }
  }

  /// The wallet alone: no platform, no login.
  Wallet openOffline() {
    return wallet.open();
  }

  private PayerSession payer(Wallet opened, PlatformDescription description) {
    Optional<OidcLogin.Token> fresh = login.token(description.oidcIssuer());
    if (fresh.isPresent() && !login.isGiven()) {
      keep(opened, fresh.get());
    }
    String token =
        fresh
            .or(() -> kept(opened))
            .orElseThrow(
                () -> CommandFailure.usage("log in with --user and --user-password, or --token"))
            .value();
    try {
      return PayerSession.of(() -> token);
    } catch (IllegalArgumentException notAToken) {
      throw CommandFailure.usage("the token is not a JWT with a subject");
    }
  }

  private static void keep(Wallet opened, OidcLogin.Token token) {
    JsonObject json = new JsonObject();
    json.addProperty("token", token.value());
    json.addProperty("expiresAt", token.expiresAt().toString());
    opened.update(state -> new Change<>(state.withAttachment(LOGIN, json.toString()), true));
  }

  private static Optional<OidcLogin.Token> kept(Wallet opened) {
    return Optional.ofNullable(opened.state().attachments().get(LOGIN))
        .map(text -> JsonParser.parseString(text).getAsJsonObject())
        .map(json ->
            new OidcLogin.Token(
                json.get("token").getAsString(),
                Instant.parse(json.get("expiresAt").getAsString())))
        .filter(token -> Instant.now().plus(MARGIN).isBefore(token.expiresAt()));
  }
}
