package io.tallystick.seed.sealing;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/// The secret that Argon2id takes beside password and salt: without it, a copy of the database does
/// not let anyone try out the million six-digit passwords.
public record PasswordPepper(KeyedHash keys) {
  public PasswordPepper {
    requireNonNull(keys, "keys is null");
  }

  /// As the service makes it from its key-encryption keys.
  public static PasswordPepper of(int current, Map<Integer, byte[]> keyEncryptionKeys) {
    return new PasswordPepper(KeyedHash.of("password pepper", current, keyEncryptionKeys));
  }
}
