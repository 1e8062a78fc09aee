package io.tallystick.notify.face.jws;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;

/// A vendor with the keys that it signs by.
record VendorKeys(
    String name,
    String issuer,
    String[] algorithms,
    Duration freshness,
    VerificationKeyResolver keys) {
  /// Keys are fetched again when an unknown one is named, though not more often than this.
  private static final long REFRESH_MILLIS = 60_000;

  static VendorKeys of(String name, FaceVerdictConfig.Vendor vendor) {
    if (vendor.jwksUrl().isPresent() == vendor.jwksFile().isPresent()) {
      throw new IllegalArgumentException("vendor " + name + " needs one of jwks-url and jwks-file");
    }
    for (String algorithm : vendor.algorithms()) {
      if (algorithm.equals("none") || algorithm.startsWith("HS")) {
        throw new IllegalArgumentException("vendor " + name + " may not use " + algorithm);
      }
    }
    return new VendorKeys(
        name,
        vendor.issuer(),
        vendor.algorithms().toArray(String[]::new),
        vendor.freshness(),
        vendor.jwksUrl().map(VendorKeys::published).orElseGet(() -> copied(vendor)));
  }

  private static VerificationKeyResolver published(URI url) {
    if (!"https".equals(url.getScheme())) {
      throw new IllegalArgumentException("jwks-url is not HTTPS: " + url);
    }
    HttpsJwks keys = new HttpsJwks(url.toString());
    keys.setRefreshReprieveThreshold(REFRESH_MILLIS);
    return new HttpsJwksVerificationKeyResolver(keys);
  }

  private static VerificationKeyResolver copied(FaceVerdictConfig.Vendor vendor) {
    try {
      String json = Files.readString(vendor.jwksFile().orElseThrow());
      return new JwksVerificationKeyResolver(new JsonWebKeySet(json).getJsonWebKeys());
    } catch (IOException | JoseException e) {
      throw new IllegalArgumentException("jwks-file is not usable: " + e.getMessage(), e);
    }
  }
}
