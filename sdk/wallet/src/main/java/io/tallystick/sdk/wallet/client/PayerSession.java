package io.tallystick.sdk.wallet.client;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.tallystick.sdk.wallet.http.BearerSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A payer who has logged in at the issuer.
 *
 * @param payerId subject of the tokens
 * @param bearer gives the tokens
 */
public record PayerSession(String payerId, BearerSource bearer) {
  public PayerSession {
    requireNonNull(payerId, "payerId is null");
    requireNonNull(bearer, "bearer is null");
    if (payerId.isEmpty() || payerId.length() > 64) {
      throw new IllegalArgumentException("payerId has no length from 1 to 64");
    }
  }

  /**
   * The payer whom the source's tokens name. The token is not verified: the services do that, and
   * they believe no payer id but the token's.
   *
   * @throws IllegalArgumentException when the token is not a JWT with a subject
   */
  public static PayerSession of(BearerSource bearer) {
    String[] parts = bearer.bearer().split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("bearer is not a JWT");
    }
    try {
      String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
      String subject = JsonParser.parseString(claims).getAsJsonObject().get("sub").getAsString();
      return new PayerSession(subject, bearer);
    } catch (JsonParseException | IllegalStateException | NullPointerException malformed) {
      throw new IllegalArgumentException("bearer is not a JWT with a subject", malformed);
    }
  }
}
