package io.tallystick.sandbox.cli.login;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sdk.wallet.http.HttpCall;
import io.tallystick.sdk.wallet.http.HttpReply;
import io.tallystick.sdk.wallet.http.HttpTransport;
import io.tallystick.sdk.wallet.http.JdkHttpTransport;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// The password grant (RFC 6749, section 4.3) at the issuer's token endpoint, which its discovery
/// document names.
public final class OidcLogin {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpTransport transport = JdkHttpTransport.create();
  private final URI issuer;

  private OidcLogin(URI issuer) {
    this.issuer = issuer;
  }

  /// A token and how long it is good.
  public record Token(String value, Instant expiresAt) {
    /// Without the token.
    @Override
    public String toString() {
      return "Token[until " + expiresAt + "]";
    }
  }

  /// Logins at this issuer.
  public static OidcLogin at(URI issuer) {
    return new OidcLogin(issuer);
  }

  /// @throws CommandFailure when the issuer refuses or does not answer
  public Token login(String user, String password) {
    String form =
        "grant_type=password&username=" + encoded(user) + "&password=" + encoded(password);
    HttpCall call =
        new HttpCall(
            "POST",
            tokenEndpoint(),
            Map.of("Content-Type", "application/x-www-form-urlencoded"),
            form.getBytes(StandardCharsets.UTF_8),
            TIMEOUT);
    Instant asked = Instant.now();
    HttpReply reply = send(call);
    if (reply.status() != 200) {
      throw CommandFailure.refused("the issuer refuses to log in " + user);
    }
    JsonObject answer = json(reply);
    return new Token(
        answer.get("access_token").getAsString(),
        asked.plusSeconds(answer.get("expires_in").getAsLong()));
  }

  private URI tokenEndpoint() {
    URI discovery = URI.create(issuer + "/.well-known/openid-configuration");
    HttpReply reply = send(HttpCall.get(discovery, Map.of(), TIMEOUT));
    if (reply.status() != 200) {
      throw CommandFailure.unreachable("the issuer has no discovery document", null);
    }
    return URI.create(json(reply).get("token_endpoint").getAsString());
  }

  private HttpReply send(HttpCall call) {
    try {
      return transport.send(call);
    } catch (IOException away) {
      throw CommandFailure.unreachable("the issuer does not answer at " + call.uri(), away);
    }
  }

  private static JsonObject json(HttpReply reply) {
    try {
      return JsonParser.parseString(reply.text()).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException malformed) {
      throw CommandFailure.unreachable("the issuer's answer is not JSON", malformed);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
