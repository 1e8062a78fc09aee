package io.tallystick.sdk.wallet.client;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import io.tallystick.sdk.wallet.http.IdempotencyKey;
import io.tallystick.sdk.wallet.http.RestClient;
import java.time.Instant;
import java.util.Optional;

/** The payer's payment password at seed-service. */
public final class PaymentPassword {
  private static final String PATH = "/v1/payment-password";

  private final RestClient seedService;

  PaymentPassword(RestClient seedService) {
    this.seedService = seedService;
  }

  /**
   * How the password stands.
   *
   * @param set whether there is one
   * @param locked whether it is refused for now
   * @param attemptsLeft wrong ones before it locks
   * @param lockedUntil when the lock lifts by itself, where it does
   */
  public record Status(
      boolean set, boolean locked, int attemptsLeft, Optional<Instant> lockedUntil) {
    public Status {
      requireNonNull(lockedUntil, "lockedUntil is null");
    }
  }

  public Status status() {
    Members answer = Members.of(seedService.get(PATH));
    return new Status(
        answer.flag("set"),
        answer.flag("locked"),
        answer.smallNumber("attemptsLeft"),
        answer.optional("lockedUntil", answer::instant));
  }

  /** Sets the first password. */
  public void set(String newPassword) {
    JsonObject body = new JsonObject();
    body.addProperty("newPassword", requireNonNull(newPassword, "newPassword is null"));
    seedService.put(PATH, body, IdempotencyKey.random());
  }

  /** Replaces the password. */
  public void change(String currentPassword, String newPassword) {
    JsonObject body = new JsonObject();
    body.addProperty("newPassword", requireNonNull(newPassword, "newPassword is null"));
    body.addProperty("currentPassword", requireNonNull(currentPassword, "currentPassword is null"));
    seedService.put(PATH, body, IdempotencyKey.random());
  }
}
