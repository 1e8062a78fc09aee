package io.tallystick.sandbox.base;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A key of a [TransitServer], of type `aes256-gcm96`: versions, each a random AES key, and
/// `vault:vN:` before the Base64 of IV, ciphertext and tag.
public final class TransitKey {
  private static final int KEY_BYTES = 32;
  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final Pattern TEXT = Pattern.compile("vault:v([0-9]{1,9}):([A-Za-z0-9+/]+=*)");

  private final SecureRandom random = new SecureRandom();
  private final List<byte[]> versions = new ArrayList<>();
  private int oldestThatDecrypts = 1;

  TransitKey() {
    rotate();
  }

  /// What Vault answers with status 400.
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /// `POST /transit/keys/NAME/rotate`.
  public synchronized void rotate() {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    versions.add(key);
  }

  /// `min_decryption_version` of `POST /transit/keys/NAME/config`.
  public synchronized void decryptFrom(int version) {
    oldestThatDecrypts = version;
  }

  synchronized String encrypt(String plaintext, String associatedData) throws Refused {
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    byte[] sealed =
        cipher(Cipher.ENCRYPT_MODE, versions.size(), iv, associatedData, decode(plaintext));
    byte[] whole = Arrays.copyOf(iv, IV_BYTES + sealed.length);
    System.arraycopy(sealed, 0, whole, IV_BYTES, sealed.length);
    return "vault:v" + versions.size() + ":" + Base64.getEncoder().encodeToString(whole);
  }

  /// @return the plaintext in Base64
  synchronized String decrypt(String ciphertext, String associatedData) throws Refused {
    Matcher text = TEXT.matcher(ciphertext);
    if (!text.matches()) {
      throw new Refused("invalid ciphertext: no prefix");
    }
    int version = Integer.parseInt(text.group(1));
    if (version > versions.size()) {
      throw new Refused("invalid ciphertext: version is too new");
    }
    if (version < oldestThatDecrypts) {
      throw new Refused("ciphertext or signature version is disallowed by policy (too old)");
    }
    byte[] whole = decode(text.group(2));
    if (whole.length < IV_BYTES) {
      throw new Refused("invalid ciphertext length");
    }
    byte[] iv = Arrays.copyOf(whole, IV_BYTES);
    byte[] sealed = Arrays.copyOfRange(whole, IV_BYTES, whole.length);
    return Base64.getEncoder()
        .encodeToString(cipher(Cipher.DECRYPT_MODE, version, iv, associatedData, sealed));
  }

  private byte[] cipher(int mode, int version, byte[] iv, String associatedData, byte[] input)
      throws Refused {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          mode,
          new SecretKeySpec(versions.get(version - 1), "AES"),
          new GCMParameterSpec(TAG_BITS, iv));
      cipher.updateAAD(decode(associatedData));
      return cipher.doFinal(input);
    } catch (AEADBadTagException _) {
      throw new Refused("cipher: message authentication failed");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] decode(String base64) throws Refused {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw new Refused("illegal base64 data");
    }
  }
}
