package io.tallystick.notify.face.jws;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The vendors whose verdicts count. None by default.
@ConfigMapping(prefix = "tallystick.notify.face-verdict")
public interface FaceVerdictConfig {
  /// Claim `aud` of every verdict.
  @WithDefault("tallystick")
  String audience();

  /// By a name of ours.
  Map<String, Vendor> vendors();

  /// One vendor. Exactly one of `jwks-url` and `jwks-file` is set.
  interface Vendor {
    /// Claim `iss`.
    String issuer();

    /// Where the vendor publishes its keys (RFC 7517), HTTPS.
    Optional<URI> jwksUrl();

    /// A copy of them, read at start.
    Optional<Path> jwksFile();

    /// Signature algorithms accepted; never `none`, never a shared secret.
    @WithDefault("ES256,PS256,EdDSA")
    List<String> algorithms();

    /// How old a verdict may be, and how long it may claim to be good.
    @WithDefault("PT2M")
    Duration freshness();
  }
}
