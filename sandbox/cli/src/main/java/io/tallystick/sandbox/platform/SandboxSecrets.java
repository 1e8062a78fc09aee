package io.tallystick.sandbox.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/// Secrets that the sandbox makes up once for its folder: key-encryption keys and passwords.
/// Readable by the owner only. A real deployment brings its own.
final class SandboxSecrets {
  private static final int KEY_ENCRYPTION_KEY_BYTES = 16;

  private final Path file;
  private final Properties secrets;

  private SandboxSecrets(Path file, Properties secrets) {
    this.file = file;
    this.secrets = secrets;
  }

  static SandboxSecrets open(Path folder) throws IOException {
    Path file = folder.resolve("secrets.properties");
    Properties secrets = new Properties();
    if (Files.exists(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        secrets.load(in);
      }
    } else {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    return new SandboxSecrets(file, secrets);
  }

  /// What the SMS centre asks of a client that binds: 8 characters, the most that SMPP 3.4 allows.
  String smsPassword() throws IOException {
    return secret("sms-password", 4);
  }

  /// The file of a service's key-encryption keys; the first time it has version 1. `tally keys`
  /// changes it while the service runs.
  Path keyEncryptionKeys(ServiceName service) throws IOException {
    Path keys =
        file.resolveSibling("key-encryption-" + service.shortName() + ".keys").toAbsolutePath();
    if (!Files.exists(keys)) {
      String first = HexFormat.of().formatHex(firstKeyEncryptionKey(service));
      Files.createFile(
          keys, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(keys, "1:" + first + "\ncurrent:1\n");
    }
    return keys;
  }

  /// Version 1 of a service's key-encryption keys.
  byte[] firstKeyEncryptionKey(ServiceName service) throws IOException {
    return HexFormat.of()
        .parseHex(secret("key-encryption-key-" + service.shortName(), KEY_ENCRYPTION_KEY_BYTES));
  }

  /// Random bytes that stay the same for this folder, in hexadecimal.
  String secret(String name, int bytes) throws IOException {
    String known = secrets.getProperty(name);
    if (known != null) {
      return known;
    }
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    String made = HexFormat.of().formatHex(random);
    secrets.setProperty(name, made);
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.TRUNCATE_EXISTING)) {
      secrets.store(out, "sandbox secrets");
    }
    return made;
  }
}
