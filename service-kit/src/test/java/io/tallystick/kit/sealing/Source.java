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
    Transit transit,
    boolean bareKeysAllowed)
    implements KeyEncryptionSource {
  Source(OptionalInt current, @Nullable String text, @Nullable Path path) {
    this(current, text, path, Token.NONE, false);
  }

  Source(
      OptionalInt current,
      @Nullable String text,
      @Nullable Path path,
      Pkcs11 pkcs11,
      boolean bareKeysAllowed) {
    this(current, text, path, pkcs11, Engine.NONE, bareKeysAllowed);
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

  /// What may be set about a transit engine.
  record Engine(
      Optional<String> address,
      String mount,
      Optional<String> key,
      Optional<Path> tokenFile,
      Optional<Path> ca,
      Optional<String> namespace,
      Duration timeout)
      implements Transit {
    /// A busy machine is no fault of the engine's.
    private static final Duration PATIENT = Duration.ofSeconds(30);

    static final Engine NONE =
        new Engine(
            Optional.empty(),
            "transit",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            PATIENT);

    static Engine of(String address, String key) {
      return new Engine(
          Optional.of(address),
          "transit",
          Optional.of(key),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          PATIENT);
    }

    Engine withTokenFile(Path file) {
      return new Engine(address, mount, key, Optional.of(file), ca, namespace, timeout);
    }

    Engine withCa(Path file) {
      return new Engine(address, mount, key, tokenFile, Optional.of(file), namespace, timeout);
    }

    Engine withMount(String path) {
      return new Engine(address, path, key, tokenFile, ca, namespace, timeout);
    }

    Engine withKey(String name) {
      return new Engine(address, mount, Optional.of(name), tokenFile, ca, namespace, timeout);
    }

    Engine withNamespace(String path) {
      return new Engine(address, mount, key, tokenFile, ca, Optional.of(path), timeout);
    }

    Engine withTimeout(Duration limit) {
      return new Engine(address, mount, key, tokenFile, ca, namespace, limit);
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
