package io.tallystick.sdk.wallet.client;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.Money;
import io.tallystick.sdk.wallet.Enrolment;
import io.tallystick.sdk.wallet.PendingRequest;
import io.tallystick.sdk.wallet.PendingRequest.Kind;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.Wallet.Change;
import io.tallystick.sdk.wallet.WalletState;
import io.tallystick.sdk.wallet.http.IdempotencyKey;
import io.tallystick.sdk.wallet.http.ProblemException;
import io.tallystick.sdk.wallet.http.RestClient;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Enrols, renews and revokes this wallet's device. Enrolling and renewing are kept in the wallet
 * before they are sent: call again after an {@code UnreachableException}, or after a restart, and
 * the same request goes on where it stopped.
 */
public final class Devices {
  /** After these the request kept can never succeed, so the next call makes a new one. */
  private static final Set<String> DEAD =
      Set.of(
          "reply-expired",
          "challenge-refused",
          "device-key-used",
          "proof-refused",
          "device-revoked",
          "unknown-device",
          "enrolment-superseded",
          "idempotency-key-reused",
          "validation-failed",
          "field-malformed",
          "json-malformed");

  private final Wallet wallet;
  private final RestClient seedService;
  private final PayerSession payer;
  private final EnrolmentAnswer.Reader answers;

  Devices(Wallet wallet, RestClient seedService, PayerSession payer, Sm2PublicKey trustedRoot) {
    this.wallet = wallet;
    this.seedService = seedService;
    this.payer = payer;
    this.answers = new EnrolmentAnswer.Reader(trustedRoot);
  }

  /**
   * A device in the payer's list.
   *
   * @param state {@code live} or {@code revoked}
   */
  public record Device(
      DeviceId deviceId,
      String name,
      String state,
      int keyEpoch,
      Money allowance,
      Instant enrolledAt,
      Instant expiresAt,
      Optional<Instant> revokedAt,
      Optional<String> revocationReason) {}

  /** Enrols this wallet as the payer's device; the payer's earlier device can no longer pay. */
  public Enrolment enrol(String deviceName, String paymentPassword) {
    requireNonNull(deviceName, "deviceName is null");
    PendingRequest request = pending(Kind.ENROL).orElseGet(() -> prepareEnrolment(deviceName));
    return send("/v1/devices", request, paymentPassword);
  }

  /** Gets another seed, alias and authorisation, and the allowance topped up. */
  public Enrolment renew(String paymentPassword) {
    Enrolment enrolment = enrolled();
    PendingRequest request = pending(Kind.RENEW).orElseGet(() -> prepareRenewal(enrolment));
    return send("/v1/devices/" + enrolment.deviceId() + "/renewals", request, paymentPassword);
  }

  /** The payer's devices, newest first. */
  public List<Device> list() {
    return Members.of(seedService.get("/v1/devices")).list("devices", Devices::device);
  }

  /** Revokes a device, this one or another of the payer's. */
  public Device revoke(DeviceId device, String paymentPassword) {
    JsonObject body = new JsonObject();
    body.addProperty("paymentPassword", paymentPassword);
    return device(
        Members.of(seedService.delete("/v1/devices/" + device, body, IdempotencyKey.random())));
  }

  /** Asks for the server's time, which becomes the wallet's clock evidence. */
  public Instant synchroniseTime() {
    return ServerTime.note(wallet, Members.of(seedService.get("/v1/time")));
  }

  private Optional<PendingRequest> pending(Kind kind) {
    PendingRequest request = wallet.state().pending();
    return request != null && request.kind() == kind ? Optional.of(request) : Optional.empty();
  }

  private PendingRequest prepareEnrolment(String deviceName) {
    String challenge =
        Members.of(seedService.post("/v1/devices/challenges", null)).text("challenge");
    Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
    IdempotencyKey idempotencyKey = IdempotencyKey.random();
    String publicKey = Base64.getEncoder().encodeToString(key.publicKey().compressed());
    JsonObject body = new JsonObject();
    body.addProperty("name", deviceName);
    body.addProperty("devicePublicKey", publicKey);
    body.addProperty("challenge", challenge);
    body.addProperty(
        "proofOfPossession",
        SignedRequests.enrolment(key, payer.payerId(), challenge, publicKey, idempotencyKey));
    return keep(new PendingRequest(Kind.ENROL, idempotencyKey.value(), body.toString(), key));
  }

  private PendingRequest prepareRenewal(Enrolment enrolment) {
    IdempotencyKey idempotencyKey = IdempotencyKey.random();
    Instant signedAt = synchroniseTime();
    JsonObject body = new JsonObject();
    body.addProperty("signedAt", signedAt.getEpochSecond());
    body.addProperty(
        "signature",
        SignedRequests.request(
            SignedRequests.RENEWAL,
            enrolment.deviceKey(),
            enrolment.payerId(),
            enrolment.deviceId(),
            idempotencyKey,
            signedAt));
    return keep(new PendingRequest(Kind.RENEW, idempotencyKey.value(), body.toString(), null));
  }

  private PendingRequest keep(PendingRequest request) {
    return wallet.update(state -> new Change<>(state.withPending(request), request));
  }

  private Enrolment send(String path, PendingRequest request, String paymentPassword) {
    JsonObject body = JsonParser.parseString(request.body()).getAsJsonObject();
    body.addProperty("paymentPassword", paymentPassword);
    Members answer;
    try {
      answer =
          Members.of(seedService.post(path, body, IdempotencyKey.of(request.idempotencyKey())));
    } catch (ProblemException refused) {
      if (DEAD.contains(refused.name())) {
        wallet.update(state -> new Change<>(state.withPending(null), true));
      }
      throw refused;
    }
    EnrolmentAnswer read = answers.read(answer, payer.payerId());
    Enrolment enrolment =
        switch (request.kind()) {
          case ENROL -> read.enrolment(requireNonNull(request.deviceKey(), "deviceKey is null"));
          case RENEW -> read.enrolment(enrolled().deviceKey());
        };
    return wallet.update(state -> new Change<>(adopt(state, enrolment, answer), enrolment));
  }

  /** A new device starts its counter and log; a renewed one goes on with them. */
  private WalletState adopt(WalletState state, Enrolment enrolment, Members answer) {
    WalletState next =
        state.enrolment() != null && state.enrolment().deviceId().equals(enrolment.deviceId())
            ? state.renewed(enrolment)
            : state.enrolled(enrolment);
    return next.withServerTimeSeen(wallet.time().saw(answer.instant("serverTime")));
  }

  private Enrolment enrolled() {
    Enrolment enrolment = wallet.state().enrolment();
    if (enrolment == null) {
      throw new IllegalStateException("the wallet is not enrolled");
    }
    return enrolment;
  }

  private static Device device(Members device) {
    return new Device(
        DeviceId.parse(device.text("deviceId")),
        device.text("name"),
        device.text("state"),
        device.smallNumber("keyEpoch"),
        device.money("allowance"),
        device.instant("enrolledAt"),
        device.instant("expiresAt"),
        device.optional("revokedAt", device::instant),
        device.optionalText("revocationReason"));
  }
}
