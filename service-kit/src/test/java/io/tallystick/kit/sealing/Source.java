package io.tallystick.kit.sealing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A configuration of keys, made up.
record Source(
    OptionalInt current,
    @Nullable String text,
    @Nullable Path path,
    Pkcs11 pkcs11,
    boolean bareKeysAllowed)
    implements KeyEncryptionSource {
  Source(OptionalInt current, @Nullable String text, @Nullable Path path) {
    this(current, text, path, Token.NONE, false);
  }

  /// What may be set about a token.
  record Token(
      Optional<Path> library,
      OptionalLong slot,
      Optional<List<String>> keyLabels,
      Optional<Path> pinFile,
      Duration timeout)
      implements Pkcs11 {
    static final Token NONE =
        new Token(
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(5));

    static Token of(Path library, long slot, List<String> keyLabels, Path pinFile) {
      return new Token(
          Optional.of(library),
          OptionalLong.of(slot),
          Optional.of(keyLabels),
          Optional.of(pinFile),
          Duration.ofSeconds(5));
    }
  }

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
