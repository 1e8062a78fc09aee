package io.tallystick.kit.pkcs11;

import java.io.IOException;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.security.auth.login.LoginException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// A login at a token. Used by one thread. After a failure the next call begins anew, with another
/// login: a token may have been away meanwhile.
final class TokenSession {
  private static final Logger LOG = Logger.getLogger(TokenSession.class);
  private static final String PROVIDER = "SunPKCS11";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int TAG_BITS = 128;

  private final TokenSettings settings;
  private @Nullable Login login;
  private byte @Nullable [] refusedPin;

  private record Login(AuthProvider provider, KeyStore keys) {}

  TokenSession(TokenSettings settings) {
    this.settings = settings;
  }

  Optional<byte[]> decrypt(byte[] iv, byte[] sealed, byte[] associatedData) {
    try {
      Login current = loggedIn();
      for (String label : settings.keyLabels()) {
        Key key = key(current, label);
        Optional<byte[]> opened = decrypt(current.provider(), key, iv, sealed, associatedData);
        if (opened.isPresent()) {
          return opened;
        }
      }
      return Optional.empty();
    } catch (TokenException known) {
      leave();
      throw known;
    } catch (GeneralSecurityException | ProviderException failed) {
      leave();
      throw new TokenException("the token failed: " + reason(failed), failed);
    }
  }

  private static Optional<byte[]> decrypt(
      Provider provider, Key key, byte[] iv, byte[] sealed, byte[] associatedData)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER, provider);
    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, iv));
    cipher.updateAAD(associatedData);
    try {
      return Optional.of(cipher.doFinal(sealed));
    } catch (AEADBadTagException doesNotAuthenticate) {
      return Optional.empty();
    }
  }

  private Login loggedIn() throws GeneralSecurityException {
    Login current = login;
    if (current == null) {
      AuthProvider provider = open();
      current = new Login(provider, KeyStore.getInstance("PKCS11", provider));
      login = current;
    }
    // Each time, because this is what looks into the token anew; it logs in only if need be.
    load(current.keys());
    return current;
  }

  private AuthProvider open() {
    Provider known = Security.getProvider(PROVIDER);
    if (known == null) {
      throw new TokenException("this Java has no PKCS#11 (module jdk.crypto.cryptoki)");
    }
    String configuration =
        "--name=tallystick\nlibrary=%s\nslot=%d\ndestroyTokenAfterLogout=true\n"
            .formatted(settings.library(), settings.slot());
    try {
      return (AuthProvider) known.configure(configuration);
    } catch (RuntimeException failed) {
      throw new TokenException(
          "no token in slot %d of %s: %s"
              .formatted(settings.slot(), settings.library(), reason(failed)),
          failed);
    }
  }

  private void load(KeyStore keys) throws GeneralSecurityException {
    try (Pin pin = Pin.read(settings.pinFile())) {
      if (refusedPin != null && pin.is(refusedPin)) {
        throw new TokenException(
            "the token refused the PIN in %s: it is not tried again until the file is changed"
                .formatted(settings.pinFile()));
      }
      char[] characters = pin.characters();
      try {
        keys.load(null, characters);
      } catch (IOException failed) {
        String reason = reason(failed);
        if (reason.startsWith("CKR_PIN_")) {
          refusedPin = pin.copy();
          throw new TokenException(
              "the token refused the PIN in %s: %s".formatted(settings.pinFile(), reason), failed);
        }
        throw new TokenException("no login at the token: " + reason, failed);
      } finally {
        Arrays.fill(characters, '\0');
      }
    }
  }

  private Key key(Login current, String label) throws GeneralSecurityException {
    Key key = current.keys().getKey(label, null);
    if (key == null || !key.getAlgorithm().equals("AES")) {
      throw new TokenException(
          "the token in slot %d has no AES key, or several, labelled %s"
              .formatted(settings.slot(), label));
    }
    if (key.getFormat() != null) {
      throw new TokenException(
          "the token's key %s can be read out of it: it must be sensitive and not extractable"
              .formatted(label));
    }
    return key;
  }

  private void leave() {
    Login left = login;
    login = null;
    if (left != null) {
      try {
        left.provider().logout();
      } catch (LoginException | RuntimeException gone) {
        LOG.debugf(gone, "no logout at the token");
      }
    }
  }

  /// The token's own code (`CKR_…`), which is the innermost cause.
  private static String reason(Throwable failed) {
    Throwable innermost = failed;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    return message == null ? innermost.getClass().getSimpleName() : message;
  }
}
