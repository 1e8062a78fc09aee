package io.tallystick.sandbox.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.Base64;

/// Signs JSON Web Tokens with RS256 (RFC 7518 §3.3) and publishes the key as a JWKS (RFC 7517).
final class TokenSigner {
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
  private static final int KEY_BITS = 2048;

  private final RSAPrivateCrtKey key;
  private final String keyId;

  private TokenSigner(RSAPrivateCrtKey key) throws GeneralSecurityException {
    this.key = key;
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(unsigned(key.getModulus()));
    this.keyId = URL.encodeToString(Arrays.copyOf(digest, 12));
  }

  /// Opens the key in `folder`, making one when there is none.
  static TokenSigner open(Path folder) {
    Path file = folder.resolve("oidc.key");
    try {
      Files.createDirectories(folder);
      if (!Files.exists(file)) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        PemFiles.writeKey(file, generator.generateKeyPair().getPrivate());
      }
      PrivateKey key = PemFiles.readKey(file, "RSA");
      return new TokenSigner((RSAPrivateCrtKey) key);
    } catch (IOException e) {
      throw new UncheckedIOException("no signing key in " + folder, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no signing key in " + folder, e);
    }
  }

  String sign(String claims) {
    String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + keyId + "\"}";
    String signed = encode(header) + "." + encode(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has SHA256withRSA", e);
    }
  }

  String jwks() {
    return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}]}"
        .formatted(
            keyId,
            URL.encodeToString(unsigned(key.getModulus())),
            URL.encodeToString(unsigned(key.getPublicExponent())));
  }

  private static String encode(String json) {
    return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] unsigned(BigInteger value) {
    byte[] bytes = value.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }
}
