package io.tallystick.notify.face;

import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.error.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Registers a payer's passkeys and lists them.
@ApplicationScoped
public class Passkeys {
  private static final int RANDOM_LENGTH = 32;

  private final FaceConfig config;
  private final Database database;
  private final PasskeyStore store;
  private final FaceVerifier verifier;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Passkeys(
      FaceConfig config,
      Database database,
      PasskeyStore store,
      FaceVerifier verifier,
      Clock clock) {
    this.config = config;
    this.database = database;
    this.store = store;
    this.verifier = verifier;
    this.clock = clock;
  }

  /// Options for a new passkey.
  ///
  /// @param name for the payer to tell accounts apart
  public String options(String payerId, String name) {
    byte[] challenge = fresh();
    return database.inTransaction(handle -> {
      byte[] user = store.userHandle(handle, payerId, fresh());
      List<Passkey> existing = store.list(handle, payerId);
      requireRoom(existing.size());
      Instant until = clock.instant().plus(config.ceremonyValidity());
      store.openRegistration(handle, payerId, challenge, until, config.openRegistrations());
      return verifier.creationOptions(new FaceVerifier.User(user, name), challenge, existing);
    });
  }

  /// Stores the passkey that an authenticator made for the options.
  public Passkey register(String payerId, String registration) {
    byte[] challenge =
        verifier
            .claimedChallenge(registration)
            .orElseThrow(() -> refused(FaceVerifier.Refusal.MALFORMED.text()));
    boolean handedOut =
        database.inTransaction(
            handle -> store.closeRegistration(handle, payerId, challenge, clock.instant()));
    if (!handedOut) {
      throw refused("registration-expired");
    }
    return switch (verifier.register(registration, challenge)) {
      case FaceVerifier.Registration.Refused(var refusal) -> throw refused(refusal.text());
      case FaceVerifier.Registration.Registered(Passkey passkey) -> {
        database.useTransaction(handle -> {
          // The payer's lock makes parallel registrations count one another.
          store.userHandle(handle, payerId, fresh());
          requireRoom(store.list(handle, payerId).size());
          if (!store.insert(handle, payerId, passkey)) {
            throw refused("known-passkey");
          }
        });
        yield passkey;
      }
    };
  }

  public List<Passkey> list(String payerId) {
    return database.read(handle -> store.list(handle, payerId));
  }

  public void delete(String payerId, byte[] credentialId) {
    if (!database.inTransaction(handle -> store.delete(handle, payerId, credentialId))) {
      throw ApiErrors.notFound("NOT_FOUND", "no such passkey");
    }
  }

  private void requireRoom(int existing) {
    if (existing >= config.passkeys()) {
      throw ApiErrors.resourceExhausted(
          "PASSKEY_LIMIT", "a payer may have " + config.passkeys() + " passkeys");
    }
  }

  private static ApiException refused(String reason) {
    return ApiErrors.of(
        ErrorCode.INVALID_ARGUMENT,
        "REGISTRATION_REFUSED",
        "the passkey was not accepted: " + reason,
        Map.of("reason", reason),
        null);
  }

  private byte[] fresh() {
    byte[] bytes = new byte[RANDOM_LENGTH];
    random.nextBytes(bytes);
    return bytes;
  }
}
