package io.tallystick.seed.sealing;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/// Where the key-encryption keys come from. Either `keys` or `file` is set.
@ConfigMapping(prefix = "tallystick.seed.key-encryption")
public interface KeyEncryptionConfig {
  /// The version that new secrets are sealed with, 0 to 65535. Every earlier version that something
  /// is still sealed with has to stay among the keys.
  int current();

  /// `version:key` pairs, separated by commas or white space; a key is 32 hexadecimal digits (SM4
  /// has 128-bit keys).
  Optional<String> keys();

  /// A file with one `version:key` pair on a line; lines that begin with `#` are skipped. Read
  /// once, at the start.
  Optional<Path> file();
}
