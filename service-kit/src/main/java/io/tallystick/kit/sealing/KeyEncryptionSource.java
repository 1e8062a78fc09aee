package io.tallystick.kit.sealing;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Where the key-encryption keys come from. Either `keys` or `file` is set. Each service that seals
/// extends it with a prefix of its own.
public interface KeyEncryptionSource {
  /// The version that new secrets are sealed with, 0 to 65535. A `current:` line of the file goes
  /// before it, because only the file can be changed while the service runs.
  OptionalInt current();

  /// `version:key` pairs, separated by commas or white space; a key is 32 hexadecimal digits (SM4
  /// has 128-bit keys), or wrapped: `pkcs11:IV:SEALED`, in hexadecimal, or `vault:vN:BASE64`.
  Optional<String> keys();

  /// A file with one `version:key` pair on a line, and perhaps a line `current:VERSION`; lines that
  /// begin with `#` are skipped. It is read again while the service runs.
  Optional<Path> file();

  /// How often the file is read again.
  @WithDefault("PT10S")
  Duration reload();

  /// What unwraps keys that stand wrapped, this or the next.
  Pkcs11 pkcs11();

  Transit transit();

  /// Whether keys may stand bare although there is something that unwraps: while they are moved.
  @WithDefault("false")
  boolean bareKeysAllowed();

  /// An AES key in a PKCS#11 token, which unwraps; on the JVM only. All of it or nothing is set.
  interface Pkcs11 {
    /// The vendor's library.
    Optional<Path> library();

    /// Number of the token's slot.
    OptionalLong slot();

    /// Labels of the AES keys in the token that may have wrapped a key, several while one follows
    /// another.
    Optional<List<String>> keyLabels();

    /// A file with the user's PIN. It is read at each reload.
    Optional<Path> pinFile();

    /// How long the token may take for one key.
    @WithDefault("PT5S")
    Duration timeout();
  }

  /// A key in the transit engine of Vault or OpenBao, which unwraps. Address and key are set, or
  /// nothing.
  interface Transit {
    /// `https://host:port`; `http://` only for an agent at a loopback address.
    Optional<String> address();

    /// Where the engine is mounted.
    @WithDefault("transit")
    String mount();

    /// Name of the key, of type `aes256-gcm96`.
    Optional<String> key();

    /// A file with the token, kept fresh by an agent. It is read each time the engine is asked. May
    /// be absent with an agent at a loopback address, which adds a token of its own.
    Optional<Path> tokenFile();

    /// PEM with the authorities of the server's certificate; Java's own if absent.
    Optional<Path> ca();

    /// Namespace of Vault Enterprise or OpenBao.
    Optional<String> namespace();

    /// How long the engine may take for one key.
    @WithDefault("PT5S")
    Duration timeout();
  }
}
