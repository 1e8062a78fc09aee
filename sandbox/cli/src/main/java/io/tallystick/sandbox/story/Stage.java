package io.tallystick.sandbox.story;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.tallystick.api.common.v1.Money;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.sandbox.cli.Amounts;
import io.tallystick.sandbox.platform.PlatformDescription;
import io.tallystick.sandbox.platform.PlatformTls;
import io.tallystick.sdk.wallet.client.PlatformAddresses;
import io.tallystick.sdk.wallet.http.BearerSource;
import io.tallystick.sdk.wallet.http.HttpTransport;
import io.tallystick.sdk.wallet.http.JdkHttpTransport;
import io.tallystick.sdk.wallet.http.RestClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What the actors of the story share: the running platform, as seen from outside.
public final class Stage {
  /// The one currency of the story.
  public static final String CURRENCY = "CNY";

  private final PlatformDescription description;
  private final Path folder;
  private final HttpTransport transport;
  private final Sm2PublicKey root;

  private Stage(
      PlatformDescription description, Path folder, HttpTransport transport, Sm2PublicKey root) {
    this.description = description;
    this.folder = folder;
    this.transport = transport;
    this.root = root;
  }

  /// A stage on a running platform; wallets and terminals keep their files below `folder`.
  public static Stage on(PlatformDescription platform, Path folder) throws IOException {
    return new Stage(
        platform,
        Files.createDirectories(folder),
        JdkHttpTransport.trusting(PlatformTls.trusting(platform.caFile())),
        Sm2PublicKey.parsePem(Files.readString(platform.rootPublicKeyFile())));
  }

  /// Where the platform is.
  public PlatformDescription description() {
    return description;
  }

  /// Where an actor keeps its files.
  public Path file(String name) {
    return folder.resolve(name);
  }

  /// What REST calls go through.
  public HttpTransport transport() {
    return transport;
  }

  /// The root's key that wallets and terminals are built with.
  public Sm2PublicKey root() {
    return root;
  }

  /// What a wallet is told of the platform.
  public PlatformAddresses addresses() {
    return new PlatformAddresses(
        description.rest().seedService(),
        description.rest().verifyService(),
        description.rest().clearingService(),
        description.rest().notifyService());
  }

  /// Logs in at the issuer with the password grant, as an app would with the payer's consent.
  public BearerSource login(String user, String password) {
    String form =
        "grant_type=password&username="
            + URLEncoder.encode(user, StandardCharsets.UTF_8)
            + "&password="
            + URLEncoder.encode(password, StandardCharsets.UTF_8);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(description.oidcIssuer() + "/token"))
                  .timeout(Duration.ofSeconds(10))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString(form))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new StoryFailure("the issuer refuses " + user + ": " + response.body());
      }
      String token =
          JsonParser.parseString(response.body())
              .getAsJsonObject()
              .get("access_token")
              .getAsString();
      return () -> token;
    } catch (IOException e) {
      throw new StoryFailure("the issuer does not answer: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoryFailure("interrupted");
    }
  }

  /// A document that clearing-service gives this caller.
  public JsonElement clearing(BearerSource bearer, String path) {
    return RestClient.of(transport, description.rest().clearingService(), bearer).get(path);
  }

  /// An amount of the story's currency, written as people do.
  static Money money(String amount) {
    return Amounts.parse(amount, CURRENCY);
  }
}
