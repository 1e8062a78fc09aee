package io.tallystick.seed.password;

import io.tallystick.seed.sealing.PasswordPepper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Hashes passwords with Argon2id (RFC 9106) and the pepper as its secret value K, in PHC string
/// form: `$argon2id$v=19$m=…,t=…,p=…,keyid=…$salt$hash`, where `keyid` is the version of the pepper
/// as text in Base64.
///
/// Guarantee: guessing from a copy of the database needs the key-encryption key as well, and then
/// the configured memory and time for every guess.
final class Argon2id {
  private static final int SALT_LENGTH = 16;
  private static final int HASH_LENGTH = 32;
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getDecoder();
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2}),keyid=([A-Za-z0-9+/]{1,8})"
              + "\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");

  private final Cost cost;
  private final PasswordPepper pepper;
  private final SecureRandom random;

  Argon2id(Cost cost, PasswordPepper pepper, SecureRandom random) {
    this.cost = cost;
    this.pepper = pepper;
    this.random = random;
  }

  /// @param memoryKib memory, KiB
  /// @param iterations passes
  /// @param parallelism lanes
  record Cost(int memoryKib, int iterations, int parallelism) {}

  /// @param right whether the password is the hashed one
  /// @param stale right, but hashed at another cost or under an older pepper than is in force
  record Verdict(boolean right, boolean stale) {}

  String hash(PaymentPassword password) {
    byte[] salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    int version = pepper.current();
    return "$argon2id$v=19$m=%d,t=%d,p=%d,keyid=%s$%s$%s"
        .formatted(
            cost.memoryKib(),
            cost.iterations(),
            cost.parallelism(),
            keyId(version),
            ENCODER.encodeToString(salt),
            ENCODER.encodeToString(derive(password, salt, cost, version)));
  }

  Verdict verify(PaymentPassword password, String phc) {
    Matcher parts = PHC.matcher(phc);
    if (!parts.matches()) {
      throw new IllegalStateException("a stored payment password is not of PHC form");
    }
    Cost stored =
        new Cost(
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3)));
    int version =
        Integer.parseInt(new String(DECODER.decode(parts.group(4)), StandardCharsets.US_ASCII));
    byte[] derived = derive(password, DECODER.decode(parts.group(5)), stored, version);
    boolean right = MessageDigest.isEqual(derived, DECODER.decode(parts.group(6)));
    boolean current = stored.equals(cost) && version == pepper.current();
    return new Verdict(right, right && !current);
  }

  private byte[] derive(PaymentPassword password, byte[] salt, Cost with, int version) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(with.memoryKib())
            .withIterations(with.iterations())
            .withParallelism(with.parallelism())
            .withSalt(salt)
            .withSecret(pepper.key(version))
            .build());
    byte[] typed = password.bytes();
    byte[] hash = new byte[HASH_LENGTH];
    generator.generateBytes(typed, hash);
    Arrays.fill(typed, (byte) 0);
    return hash;
  }

  private static String keyId(int version) {
    return ENCODER.encodeToString(Integer.toString(version).getBytes(StandardCharsets.US_ASCII));
  }
}
