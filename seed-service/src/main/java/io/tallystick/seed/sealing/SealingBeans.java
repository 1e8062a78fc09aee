package io.tallystick.seed.sealing;

import io.tallystick.kit.sealing.KeyRing;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/// Makes the vault and the keyed hashes from the key ring; they follow its changes.
@Singleton
public class SealingBeans {
  private final KeyRing ring;
  private final Vault vault;
  private final OnlineCodeHash onlineCodeHash;
  private final PasswordPepper passwordPepper;

  SealingBeans(KeyEncryptionConfig config) {
    ring = KeyRing.open(KeyEncryptionConfig.PREFIX, config);
    vault = new Vault(ring, new SecureRandom());
    onlineCodeHash = new OnlineCodeHash(KeyedHash.of("online code", ring));
    passwordPepper = PasswordPepper.of(ring);
  }

  @Produces
  @Singleton
  KeyRing ring() {
    return ring;
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
