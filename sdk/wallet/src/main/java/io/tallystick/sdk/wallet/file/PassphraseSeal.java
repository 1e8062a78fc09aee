package io.tallystick.sdk.wallet.file;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import io.tallystick.protocol.crypto.Sm4Gcm;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Seals the state under a key that Argon2id (RFC 9106) derives from a passphrase. The key is
 * derived once, when the file is opened; each save has a fresh nonce.
 */
final class PassphraseSeal {
  /** RFC 9106's second recommendation: 64 MiB, three passes, four lanes. */
  private static final Cost DEFAULT_COST = new Cost(64 * 1024, 3, 4);

  private static final int SALT_LENGTH = 16;

  /** What the sealed box is bound to, so that it opens as nothing else. */
  private static final byte[] PURPOSE =
      "tallystick/wallet-file/v1".getBytes(StandardCharsets.US_ASCII);

  private final Cost cost;
  private final byte[] salt;
  private final Sm4Gcm key;

  private record Cost(int memoryKib, int passes, int lanes) {
    Cost {
      // What a file says is not trusted: a huge cost would be a way to stop the wallet.
      if (memoryKib < 8 * 1024 || memoryKib > 1024 * 1024) {
        throw new IllegalArgumentException("memoryKib is out of bounds: " + memoryKib);
      }
      if (passes < 1 || passes > 16 || lanes < 1 || lanes > 16) {
        throw new IllegalArgumentException("passes or lanes are out of bounds");
      }
    }
  }

  private PassphraseSeal(Cost cost, byte[] salt, Sm4Gcm key) {
    this.cost = cost;
    this.salt = salt;
    this.key = key;
  }

  /** A seal for a file that has none yet. */
  static PassphraseSeal create(char[] passphrase) {
    byte[] salt = new byte[SALT_LENGTH];
    new SecureRandom().nextBytes(salt);
    return new PassphraseSeal(DEFAULT_COST, salt, derive(passphrase, salt, DEFAULT_COST));
  }

  /** The seal that a file describes; whether the passphrase is right shows when it is opened. */
  static PassphraseSeal read(JsonObject description, char[] passphrase) {
    Cost cost =
        new Cost(
            WalletJson.member(description, "memoryKib").getAsInt(),
            WalletJson.member(description, "passes").getAsInt(),
            WalletJson.member(description, "lanes").getAsInt());
    byte[] salt = Base64.getDecoder().decode(WalletJson.member(description, "salt").getAsString());
    return new PassphraseSeal(cost, salt, derive(passphrase, salt, cost));
  }

  JsonObject describe() {
    JsonObject description = new JsonObject();
    description.addProperty("kind", "argon2id-sm4-gcm");
    description.addProperty("memoryKib", cost.memoryKib());
    description.addProperty("passes", cost.passes());
    description.addProperty("lanes", cost.lanes());
    description.addProperty("salt", Base64.getEncoder().encodeToString(salt));
    return description;
  }

  byte[] seal(byte[] plaintext) {
    return key.seal(plaintext, PURPOSE, new SecureRandom());
  }

  /** Empty when the passphrase is wrong or the box was altered. */
  Optional<byte[]> open(byte[] box) {
    return key.open(box, PURPOSE);
  }

  void destroy() {
    key.destroy();
  }

  private static Sm4Gcm derive(char[] passphrase, byte[] salt, Cost cost) {
    requireNonNull(passphrase, "passphrase is null");
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build());
    byte[] derived = new byte[Sm4Gcm.KEY_LENGTH];
    generator.generateBytes(passphrase, derived);
    try {
      return Sm4Gcm.of(derived);
    } finally {
      Arrays.fill(derived, (byte) 0);
    }
  }
}
