package io.tallystick.sandbox.cli.login;

import io.tallystick.sandbox.cli.CommandFailure;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Who is calling. A picocli mixin.
public final class LoginOptions {
  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Log in as this user at the platform's OIDC issuer.")
  private @Nullable String user;

  @Option(
      names = "--user-password",
      paramLabel = "PASSWORD",
      arity = "0..1",
      interactive = true,
      description = "The user's password at the issuer; asked for when left empty.")
  private @Nullable String password;

  @Option(
      names = "--token",
      paramLabel = "JWT",
      description = "An access token of the issuer, instead of a login.")
  private @Nullable String token;

  /// The token given, or that of the login asked for; empty when neither was.
  public Optional<OidcLogin.Token> token(URI issuer) {
    if (token != null) {
      return Optional.of(new OidcLogin.Token(token, Instant.MAX));
    }
    if (user == null) {
      return Optional.empty();
    }
    if (password == null) {
      throw CommandFailure.usage("--user needs --user-password");
    }
    return Optional.of(OidcLogin.at(issuer).login(user, password));
  }

  /// Whether the token came with the command and is not to be kept.
  public boolean isGiven() {
    return token != null;
  }
}
