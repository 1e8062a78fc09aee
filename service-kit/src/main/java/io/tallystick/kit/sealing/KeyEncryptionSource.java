package io.tallystick.kit.sealing;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// Where the key-encryption keys come from. Either `keys` or `file` is set. Each service that seals
/// extends it with a prefix of its own.
public interface KeyEncryptionSource {
  /// The version that new secrets are sealed with, 0 to 65535. A `current:` line of the file goes
  /// before it, because only the file can be changed while the service runs.
  OptionalInt current();

  /// `version:key` pairs, separated by commas or white space; a key is 32 hexadecimal digits (SM4
  /// has 128-bit keys).
  Optional<String> keys();

  /// A file with one `version:key` pair on a line, and perhaps a line `current:VERSION`; lines that
  /// begin with `#` are skipped. It is read again while the service runs.
  Optional<Path> file();

  /// How often the file is read again.
  @WithDefault("PT10S")
  Duration reload();
}
