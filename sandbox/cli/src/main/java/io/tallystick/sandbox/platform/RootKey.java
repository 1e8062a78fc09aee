package io.tallystick.sandbox.platform;

import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The platform root's key pair. Here it lies in a file that only the owner may read; a real root
/// is kept offline and used in a ceremony.
final class RootKey {
  private final Sm2PrivateKey key;
  private final Path publicKeyFile;

  private RootKey(Sm2PrivateKey key, Path publicKeyFile) {
    this.key = key;
    this.publicKeyFile = publicKeyFile;
  }

  /// Opens the root in a folder, or makes one there.
  static RootKey open(Path folder) throws IOException {
    Path secretFile = folder.resolve("root.key");
    Path publicKeyFile = folder.resolve("root.pem");
    if (!Files.exists(secretFile)) {
      Sm2PrivateKey made = Sm2PrivateKey.generate(new SecureRandom());
      Files.createFile(
          secretFile,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(secretFile, HexFormat.of().formatHex(made.toBytes()));
    }
    Sm2PrivateKey key =
        Sm2PrivateKey.fromBytes(HexFormat.of().parseHex(Files.readString(secretFile).strip()));
    Files.writeString(publicKeyFile, key.publicKey().toPem());
    return new RootKey(key, publicKeyFile);
  }

  Sm2PrivateKey key() {
    return key;
  }

  Sm2PublicKey publicKey() {
    return key.publicKey();
  }

  /// The public half, PEM.
  Path publicKeyFile() {
    return publicKeyFile;
  }
}
