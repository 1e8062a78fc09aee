package io.tallystick.kit.sealing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A configuration of keys, made up.
record Source(OptionalInt current, @Nullable String text, @Nullable Path path)
    implements KeyEncryptionSource {
  @Override
  public Optional<String> keys() {
    return Optional.ofNullable(text);
  }

  @Override
  public Optional<Path> file() {
    return Optional.ofNullable(path);
  }

  @Override
  public Duration reload() {
    return Duration.ofSeconds(1);
  }
}
