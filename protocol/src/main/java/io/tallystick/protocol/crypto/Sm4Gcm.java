package io.tallystick.protocol.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.security.auth.Destroyable;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * SM4 in Galois/Counter Mode (RFC 8998): a 16-byte key, a 12-byte nonce that {@link #seal} draws at
 * random, a 16-byte tag. Confidential and authentic for the plaintext, authentic for the associated
 * data, for up to 2³² messages under one key.
 */
public final class Sm4Gcm implements Destroyable {
  public static final int KEY_LENGTH = 16;
  public static final int NONCE_LENGTH = 12;
  public static final int TAG_LENGTH = 16;

  private final byte[] key;
  private volatile boolean destroyed;

  private Sm4Gcm(byte[] key) {
    this.key = key;
  }

  /** The primitive under a copy of this key. */
  public static Sm4Gcm of(byte[] key) {
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("key is " + key.length + " bytes instead of 16");
    }
    return new Sm4Gcm(key.clone());
  }

  /** {@code nonce(12) ‖ ciphertext ‖ tag(16)} under a fresh nonce. */
  public byte[] seal(byte[] plaintext, byte[] associatedData, SecureRandom random) {
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    byte[] out = new byte[NONCE_LENGTH + plaintext.length + TAG_LENGTH];
    System.arraycopy(nonce, 0, out, 0, NONCE_LENGTH);
    GCMModeCipher cipher = cipher(true, nonce, associatedData);
    int written = cipher.processBytes(plaintext, 0, plaintext.length, out, NONCE_LENGTH);
    try {
      cipher.doFinal(out, NONCE_LENGTH + written);
    } catch (InvalidCipherTextException unexpected) {
      throw new AssertionError("sealing does not authenticate", unexpected);
    }
    return out;
  }

  /** The plaintext, or empty when key, nonce, ciphertext, tag and associated data do not agree. */
  public Optional<byte[]> open(byte[] sealed, byte[] associatedData) {
    if (sealed.length < NONCE_LENGTH + TAG_LENGTH) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOf(sealed, NONCE_LENGTH);
    int length = sealed.length - NONCE_LENGTH;
    GCMModeCipher cipher = cipher(false, nonce, associatedData);
    byte[] out = new byte[length - TAG_LENGTH];
    int written = cipher.processBytes(sealed, NONCE_LENGTH, length, out, 0);
    try {
      cipher.doFinal(out, written);
      return Optional.of(out);
    } catch (InvalidCipherTextException refused) {
      Arrays.fill(out, (byte) 0);
      return Optional.empty();
    }
  }

  @Override
  public void destroy() {
    destroyed = true;
    Arrays.fill(key, (byte) 0);
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public String toString() {
    return "Sm4Gcm[key not shown]";
  }

  private GCMModeCipher cipher(boolean seal, byte[] nonce, byte[] associatedData) {
    if (destroyed) {
      throw new IllegalStateException("the key was destroyed");
    }
    GCMModeCipher cipher = GCMBlockCipher.newInstance(new SM4Engine());
    cipher.init(
        seal, new AEADParameters(new KeyParameter(key), 8 * TAG_LENGTH, nonce, associatedData));
    return cipher;
  }
}
