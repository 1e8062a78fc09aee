package io.tallystick.seed.harness;

import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.OfflineCodes;
import io.tallystick.protocol.code.Seed;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// A wallet app, written from README.md and not from the service's own classes: one payer, one
/// device key at a time.
public final class Wallet {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final SeedRest rest;
  private final String payerId;
  private final String token;
  private Sm2PrivateKey deviceKey = Sm2PrivateKey.generate(RANDOM);
  private String password = "739164";

  Wallet(SeedRest rest, String payerId, String token) {
    this.rest = rest;
    this.payerId = payerId;
    this.token = token;
  }

  public static String newKey() {
    return UUID.randomUUID().toString();
  }

  /// What the wallet keeps of an enrolment or renewal.
  public record Credential(String deviceId, Seed seed, Alias alias, Reply reply) {
    public static Credential of(Reply reply) {
      reply.ok(201);
      return new Credential(
          reply.text("deviceId"),
          Seed.fromBytes(reply.bytes("seed")),
          new Alias(reply.text("alias")),
          reply);
    }

    /// The code to show at a moment.
    public String code(Instant at, int refreshIndex) {
      return OfflineCodes.derive(seed, alias, at, refreshIndex).digits();
    }
  }

  public String payerId() {
    return payerId;
  }

  public String token() {
    return token;
  }

  public String password() {
    return password;
  }

  public void usePassword(String other) {
    password = other;
  }

  public Sm2PrivateKey deviceKey() {
    return deviceKey;
  }

  /// As on another phone.
  public void makeNewDeviceKey() {
    deviceKey = Sm2PrivateKey.generate(RANDOM);
  }

  public void useDeviceKey(Sm2PrivateKey other) {
    deviceKey = other;
  }

  public Wallet setPassword() {
    rest.send("PUT", "/v1/payment-password", token, newKey(), Map.of("newPassword", password))
        .ok(204);
    return this;
  }

  public byte[] challenge() {
    return rest.send("POST", "/v1/devices/challenges", token, null, null)
        .ok(201)
        .bytes("challenge");
  }

  /// The body of an enrolment, signed for the idempotency key.
  public Map<String, Object> enrolment(String key, byte[] challenge) {
    String publicKey = base64(deviceKey.publicKey().compressed());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", "Test phone");
    body.put("devicePublicKey", publicKey);
    body.put("challenge", base64(challenge));
    body.put(
        "proofOfPossession",
        sign("tallystick/device-enrolment/v1", payerId, base64(challenge), publicKey, key));
    body.put("paymentPassword", password);
    return body;
  }

  public Reply tryEnrol(String key, Map<String, Object> body) {
    return rest.post("/v1/devices", token, key, body);
  }

  public Credential enrol() {
    String key = newKey();
    Map<String, Object> body = enrolment(key, challenge());
    return Credential.of(persistently(() -> tryEnrol(key, body)));
  }

  /// As a wallet does while the service says 503: the same request again. After a test in which
  /// clearing-service was away, the circuit breaker needs a moment to close.
  private static Reply persistently(Supplier<Reply> request) {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    Reply reply = request.get();
    while (reply.status() == 503 && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE.toNanos());
      reply = request.get();
    }
    return reply;
  }

  /// Enrols with a new device key.
  public Credential enrolAnother() {
    makeNewDeviceKey();
    return enrol();
  }

  public Map<String, Object> renewal(String key, String deviceId, Instant signedAt) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("paymentPassword", password);
    body.put("signedAt", signedAt.getEpochSecond());
    body.put(
        "signature",
        sign(
            "tallystick/device-renewal/v1",
            payerId,
            deviceId,
            key,
            Long.toString(signedAt.getEpochSecond())));
    return body;
  }

  public Reply tryRenew(String key, String deviceId, Map<String, Object> body) {
    return rest.post("/v1/devices/" + deviceId + "/renewals", token, key, body);
  }

  public Credential renew(String deviceId, Instant now) {
    String key = newKey();
    Map<String, Object> body = renewal(key, deviceId, now);
    return Credential.of(persistently(() -> tryRenew(key, deviceId, body)));
  }

  public Map<String, Object> onlineCode(String key, String deviceId, Instant signedAt) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("deviceId", deviceId);
    body.put("signedAt", signedAt.getEpochSecond());
    body.put(
        "signature",
        sign(
            "tallystick/online-code/v1",
            payerId,
            deviceId,
            key,
            Long.toString(signedAt.getEpochSecond())));
    return body;
  }

  public Reply tryOnlineCode(String key, Map<String, Object> body) {
    return rest.post("/v1/online-codes", token, key, body);
  }

  public Reply revoke(String deviceId) {
    return rest.send(
        "DELETE", "/v1/devices/" + deviceId, token, newKey(), Map.of("paymentPassword", password));
  }

  public Reply get(String path) {
    return rest.get(path, token);
  }

  public Reply put(String path, String key, Object body) {
    return rest.send("PUT", path, token, key, body);
  }

  private String sign(String... lines) {
    byte[] message = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    return base64(deviceKey.sign(message, RANDOM).bytes());
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
