package io.tallystick.seed.sealing;

import io.smallrye.config.ConfigMapping;
import io.tallystick.kit.sealing.KeyEncryptionSource;

/// Where the key-encryption keys come from. Every version that something is still sealed with has
/// to stay among the keys.
@ConfigMapping(prefix = KeyEncryptionConfig.PREFIX)
public interface KeyEncryptionConfig extends KeyEncryptionSource {
  String PREFIX = "tallystick.seed.key-encryption";
}
