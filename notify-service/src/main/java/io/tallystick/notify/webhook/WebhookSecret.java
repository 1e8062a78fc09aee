package io.tallystick.notify.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A symmetric secret of Standard Webhooks: `whsec_` and the Base64 of 32 random bytes. Signs
/// `id.timestamp.body` with HMAC-SHA256.
final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final int LENGTH = 32;

  private final byte[] key;

  private WebhookSecret(byte[] key) {
    this.key = key;
  }

  static WebhookSecret draw(SecureRandom random) {
    byte[] key = new byte[LENGTH];
    random.nextBytes(key);
    return new WebhookSecret(key);
  }

  static WebhookSecret of(byte[] key) {
    if (key.length != LENGTH) {
      throw new IllegalArgumentException("secret is not 32 bytes");
    }
    return new WebhookSecret(key.clone());
  }

  /// @param revealed as [#reveal()] gave it
  static WebhookSecret parse(String revealed) {
    return of(Base64.getDecoder().decode(revealed.substring(PREFIX.length())));
  }

  /// As it is sealed.
  byte[] bytes() {
    return key.clone();
  }

  /// As the merchant configures it. Shown once.
  String reveal() {
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  /// One signature of the `webhook-signature` header: `v1,<Base64>`.
  ///
  /// @param timestamp Unix seconds
  String sign(String webhookId, long timestamp, String body) {
    String signed = webhookId + "." + timestamp + "." + body;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(signature);
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new AssertionError("every Java platform has HmacSHA256", impossible);
    }
  }

  @Override
  public String toString() {
    return "WebhookSecret[***]";
  }
}
