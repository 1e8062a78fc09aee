package io.tallystick.sandbox.cli.merchant;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.PlatformOption;
import io.tallystick.sandbox.cli.login.LoginOptions;
import io.tallystick.sandbox.cli.login.ServiceClients;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sdk.wallet.http.RestClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A merchant and somebody of its staff who has logged in. A picocli mixin of mixins.
final class StaffOptions {
  @Mixin private PlatformOption platform;
  @Mixin private LoginOptions login;

  @Option(names = "--merchant", required = true, paramLabel = "ID", description = "The merchant.")
  private String merchantId;

  String merchantId() {
    return merchantId;
  }

  /// The path of something of this merchant's.
  String path(String rest) {
    if (!merchantId.matches("[A-Za-z0-9._-]{1,15}")) {
      throw CommandFailure.usage("no merchant id: " + merchantId);
    }
    return "/v1/merchants/" + merchantId + rest;
  }

  RestClient clearing() {
    PlatformDescription description = platform.read();
    return connect(description, description.rest().clearingService());
  }

  RestClient notification() {
    PlatformDescription description = platform.read();
    return connect(description, description.rest().notifyService());
  }

  private RestClient connect(PlatformDescription description, URI service) {
    String token =
        login
            .token(description.oidcIssuer())
            .orElseThrow(
                () -> CommandFailure.usage("log in with --user and --user-password, or --token"))
            .value();
    return ServiceClients.connect(description, service, token);
  }

  /// The objects of a page's list.
  static List<JsonObject> items(JsonElement page) {
    JsonArray items = page.getAsJsonObject().getAsJsonArray("items");
    List<JsonObject> objects = new ArrayList<>();
    if (items != null) {
      items.forEach(item -> objects.add(item.getAsJsonObject()));
    }
    return objects;
  }
}
