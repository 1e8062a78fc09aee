package io.tallystick.kit.transit;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which key of which transit engine.
///
/// @param address of Vault: `https://host:port`; `http://` only for an agent on this host, at a
///   loopback address
/// @param mount where the engine is mounted, without slashes at its ends
/// @param key its name there
/// @param tokenFile has the token; needed but for an agent on this host, which may add one itself
/// @param ca PEM with the authorities that the server's certificate may be of; Java's own if absent
/// @param namespace of Vault Enterprise or OpenBao
/// @param timeout of one call, from the search for the address to the answer's last byte
public record TransitSettings(
    URI address,
    String mount,
    String key,
    Optional<Path> tokenFile,
    Optional<Path> ca,
    Optional<String> namespace,
    Duration timeout) {
  private static final Pattern NAME = Pattern.compile("\\w(?:[\\w.-]*\\w)?");
  private static final Pattern PATH = Pattern.compile("[\\w-][\\w.-]*(?:/[\\w-][\\w.-]*)*");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|\\[(?:0*:)*0*1]");

  public TransitSettings {
    requireNonNull(tokenFile, "tokenFile is null");
    requireNonNull(ca, "ca is null");
    requireBare(address);
    boolean secure = "https".equals(address.getScheme());
    boolean local = LOOPBACK.matcher(address.getHost()).matches();
    if (!secure && !local) {
      throw new IllegalArgumentException(
          "address is not https, and http is for an agent at a loopback address only: "
              + address.getHost());
    }
    if (!local && tokenFile.isEmpty()) {
      throw new IllegalArgumentException(
          "token-file is needed: only an agent at a loopback address adds a token itself");
    }
    require(PATH, "mount", mount);
    require(NAME, "key", key);
    namespace.ifPresent(path -> require(PATH, "namespace", path));
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout is not positive: " + timeout);
    }
  }

  /// @param text an address as configured; not told when it is none, because it may hold a password
  public static URI address(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      throw notAnAddress();
    }
  }

  private static IllegalArgumentException notAnAddress() {
    return new IllegalArgumentException("address is not https://host:port");
  }

  private static void requireBare(URI address) {
    boolean http = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
    boolean path = address.getRawPath() != null && address.getRawPath().matches("/?");
    if (!http
        || address.getHost() == null
        || !path
        || address.getRawUserInfo() != null
        || address.getRawQuery() != null
        || address.getRawFragment() != null) {
      throw notAnAddress();
    }
  }

  private static void require(Pattern pattern, String what, String value) {
    if (!pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(what + " is not one of Vault's: " + value);
    }
  }

  /// Where an operation (`decrypt`) of the key is asked for.
  URI endpoint(String operation) {
    return address.resolve("/v1/" + path(operation));
  }

  /// The path of an operation, as Vault's policies name it.
  String path(String operation) {
    return mount + "/" + operation + "/" + key;
  }

  /// Host and port, for messages.
  String where() {
    return address.getRawAuthority();
  }
}
