package io.tallystick.seed.sealing;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;

/// Makes the vault and the keyed hashes from the configuration, once, at the start.
@Singleton
public class SealingBeans {
  private final Vault vault;
  private final OnlineCodeHash onlineCodeHash;
  private final PasswordPepper passwordPepper;

  SealingBeans(KeyEncryptionConfig config) {
    Map<Integer, byte[]> keys = KeyEncryptionKeyList.from(config);
    vault = Vault.of(config.current(), keys, new SecureRandom());
    onlineCodeHash = new OnlineCodeHash(KeyedHash.of("online code", config.current(), keys));
    passwordPepper = new PasswordPepper(KeyedHash.of("password pepper", config.current(), keys));
    keys.values().forEach(key -> Arrays.fill(key, (byte) 0));
  }

  @Produces
  @Singleton
  Vault vault() {
    return vault;
  }

  @Produces
  @Singleton
  OnlineCodeHash onlineCodeHash() {
    return onlineCodeHash;
  }

  @Produces
  @Singleton
  PasswordPepper passwordPepper() {
    return passwordPepper;
  }
}
