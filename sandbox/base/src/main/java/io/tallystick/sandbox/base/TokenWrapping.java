package io.tallystick.sandbox.base;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// Wraps key-encryption keys under an AES key of a PKCS#11 token, as the services unwrap them:
/// AES-GCM with a random IV of 12 bytes, bound to the service's configuration prefix and the
/// version.
///
/// @param library the vendor's PKCS#11 library
/// @param slot number of the token's slot
/// @param keyLabel label of the AES key
/// @param pinFile has the user's PIN
public record TokenWrapping(Path library, long slot, String keyLabel, Path pinFile) {
  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;

  public TokenWrapping {
    requireNonNull(library, "library is null");
    requireNonNull(keyLabel, "keyLabel is null");
    requireNonNull(pinFile, "pinFile is null");
  }

  /// What stands behind the version in a key file: `pkcs11:IV:SEALED`.
  ///
  /// @param service `seed` or `notify`
  /// @throws GeneralSecurityException when the token refuses
  /// @throws IOException when it can't be reached or the PIN's file can't be read
  public String wrap(String service, int version, byte[] key)
      throws GeneralSecurityException, IOException {
    AuthProvider token =
        (AuthProvider)
            Security.getProvider("SunPKCS11")
                .configure("--name=wrapping\nlibrary=%s\nslot=%d\n".formatted(library, slot));
    KeyStore keys = KeyStore.getInstance("PKCS11", token);
    char[] pin = Files.readString(pinFile).stripTrailing().toCharArray();
    try {
      keys.load(null, pin);
    } finally {
      Arrays.fill(pin, '\0');
    }
    try {
      Key wrapping = keys.getKey(keyLabel, null);
      if (wrapping == null) {
        throw new GeneralSecurityException("the token has no key, or several, called " + keyLabel);
      }
      byte[] iv = new byte[IV_BYTES];
      new SecureRandom().nextBytes(iv);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", token);
      cipher.init(Cipher.ENCRYPT_MODE, wrapping, new GCMParameterSpec(TAG_BITS, iv));
      cipher.updateAAD(
          "tallystick.%s.key-encryption:%d"
              .formatted(service, version)
              .getBytes(StandardCharsets.US_ASCII));
      byte[] sealed = cipher.doFinal(key);
      HexFormat hex = HexFormat.of();
      return "pkcs11:" + hex.formatHex(iv) + ":" + hex.formatHex(sealed);
    } finally {
      token.logout();
    }
  }
}
