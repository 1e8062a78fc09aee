package io.tallystick.seed.issuer;

import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/// The root's public key and the network's profile, as configured. The service never has the root's
/// private key.
@Singleton
public class TrustAnchor {
  private final Sm2PublicKey root;
  private final NetworkProfile profile;

  TrustAnchor(Sm2PublicKey root, NetworkProfile profile) {
    this.root = root;
    this.profile = profile;
  }

  @Inject
  TrustAnchor(TrustConfig config) {
    this(
        rootFrom(config),
        switch (config.networkProfile()) {
          case DEFAULT -> NetworkProfile.DEFAULT;
          case ALTERNATE -> NetworkProfile.ALTERNATE;
        });
  }

  public Sm2PublicKey root() {
    return root;
  }

  public NetworkProfile profile() {
    return profile;
  }

  private static Sm2PublicKey rootFrom(TrustConfig config) {
    if (config.rootPublicKey().isPresent() == config.rootPublicKeyFile().isPresent()) {
      throw new IllegalArgumentException(
          "set exactly one of tallystick.seed.root-public-key and .root-public-key-file");
    }
    String text = config.rootPublicKey().orElseGet(() -> read(config.rootPublicKeyFile().get()));
    return text.contains("-----BEGIN")
        ? Sm2PublicKey.parsePem(text)
        : Sm2PublicKey.fromCompressed(Base64.getDecoder().decode(text.strip()));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("root public key cannot be read: " + file, e);
    }
  }
}
