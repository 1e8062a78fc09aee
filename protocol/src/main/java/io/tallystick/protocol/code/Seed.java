package io.tallystick.protocol.code;

import io.tallystick.protocol.wire.MalformedException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/** A wallet's code seed: 32 secret bytes, never printed, compared in constant time. */
public final class Seed implements Destroyable {
  public static final int LENGTH = 32;

  private final byte[] secret;
  private volatile boolean destroyed;

  private Seed(byte[] secret) {
    this.secret = secret;
  }

  public static Seed generate(SecureRandom random) {
    byte[] secret = new byte[LENGTH];
    random.nextBytes(secret);
    return new Seed(secret);
  }

  /** From a copy of 32 bytes. */
  public static Seed fromBytes(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new MalformedException("seed", "is not 32 bytes");
    }
    return new Seed(bytes.clone());
  }

  /** The secret itself, for sealing or for handing to the wallet; overwrite the array after use. */
  public byte[] toBytes() {
    return alive().clone();
  }

  byte[] alive() {
    if (destroyed) {
      throw new IllegalStateException("the seed was destroyed");
    }
    return secret;
  }

  @Override
  public void destroy() {
    destroyed = true;
    Arrays.fill(secret, (byte) 0);
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Seed that && MessageDigest.isEqual(secret, that.secret);
  }

  /** The same for every seed, so that a hash reveals nothing. */
  @Override
  public int hashCode() {
    return Seed.class.hashCode();
  }

  @Override
  public String toString() {
    return "Seed[not shown]";
  }
}
