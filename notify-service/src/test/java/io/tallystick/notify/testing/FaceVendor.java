package io.tallystick.notify.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/// A face recognition vendor: looks at nobody, and signs what a test wants.
public final class FaceVendor {
  public static final String ISSUER = "https://faces.example";
  private static final FaceVendor GENUINE = new FaceVendor();

  private final EllipticCurveJsonWebKey key;

  private FaceVendor() {
    try {
      key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId("faces-1");
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The vendor whose keys the service knows.
  public static FaceVendor genuine() {
    return GENUINE;
  }

  /// Somebody who says to be that vendor.
  public static FaceVendor impostor() {
    return new FaceVendor();
  }

  /// Its published keys.
  public Path publishedKeys() {
    try {
      Path file = Files.createTempFile("jwks", ".json");
      file.toFile().deleteOnExit();
      return Files.writeString(file, new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A verdict that answers the options, to be changed.
  public static JwtClaims claims(JsonNode options) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience(options.path("audience").asText());
    claims.setSubject(options.path("payerId").asText());
    claims.setJwtId(UUID.randomUUID().toString());
    at(claims, Instant.now(), Duration.ofMinutes(1));
    claims.setStringClaim("nonce", options.path("nonce").asText());
    claims.setStringClaim("challenge_id", options.path("challengeId").asText());
    claims.setStringClaim("payment_id", options.path("paymentId").asText());
    claims.setStringClaim("verdict", "match");
    return claims;
  }

  public static void at(JwtClaims claims, Instant issued, Duration validity) {
    claims.setIssuedAt(NumericDate.fromMilliseconds(issued.toEpochMilli()));
    claims.setExpirationTime(NumericDate.fromMilliseconds(issued.plus(validity).toEpochMilli()));
  }

  public String sign(JwtClaims claims) {
    try {
      JsonWebSignature jws = new JsonWebSignature();
      jws.setPayload(claims.toJson());
      jws.setKey(key.getPrivateKey());
      jws.setKeyIdHeaderValue(key.getKeyId());
      jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
