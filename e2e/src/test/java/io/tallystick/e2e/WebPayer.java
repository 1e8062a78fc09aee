package io.tallystick.e2e;

import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.login.OidcLogin;
import io.tallystick.sandbox.cli.login.ServiceClients;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sdk.wallet.http.RestClient;
import java.nio.file.Path;

/// A payer who taps with a wallet and confirms in a browser: what the wallet's page would call of
/// notify-service.
///
/// @param wallet its file
record WebPayer(String wallet, RestClient notifyService) {
  private static final String PASSWORD = "secret";

  /// Somebody new with money and an enrolled wallet.
  static WebPayer enrolled(Path folder, String user) {
    String wallet = Payers.enrolled(folder, user, PASSWORD, "739164");
    PlatformDescription platform = RunningPlatform.get().description();
    String token = OidcLogin.at(platform.oidcIssuer()).login(user, PASSWORD).value();
    return new WebPayer(
        wallet, ServiceClients.connect(platform, platform.rest().notifyService(), token));
  }

  /// `PublicKeyCredentialCreationOptionsJSON`
  JsonObject creationOptions() {
    return notifyService.post("/v1/face/registration-options", null).getAsJsonObject();
  }

  /// @param credential `RegistrationResponseJSON`
  JsonObject register(JsonObject credential) {
    return notifyService.post("/v1/face/registrations", credential).getAsJsonObject();
  }

  JsonObject passkeys() {
    return notifyService.get("/v1/face/passkeys").getAsJsonObject();
  }

  JsonObject challenge(String challengeId) {
    return notifyService.get(path(challengeId)).getAsJsonObject();
  }

  /// `PublicKeyCredentialRequestOptionsJSON`
  JsonObject requestOptions(String challengeId) {
    return notifyService.post(path(challengeId) + "/face-options", null).getAsJsonObject();
  }

  /// @param assertion `AuthenticationResponseJSON`
  JsonObject answer(String challengeId, JsonObject assertion) {
    return notifyService.post(path(challengeId) + "/face-answers", assertion).getAsJsonObject();
  }

  private static String path(String challengeId) {
    return "/v1/challenges/" + challengeId;
  }
}
