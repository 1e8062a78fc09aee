package io.tallystick.seed.health;

import io.tallystick.seed.issuer.IssuerKey;
import io.tallystick.seed.issuer.IssuerKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready means that authorisations, deny lists and packs can be signed. A new platform is not: an
/// operator has to have an issuer key made and certified first, through a service that runs.
@Readiness
@ApplicationScoped
public class IssuerKeyReadiness implements HealthCheck {
  static final String NAME = "issuer-key";

  private final IssuerKeys issuerKeys;

  IssuerKeyReadiness(IssuerKeys issuerKeys) {
    this.issuerKeys = issuerKeys;
  }

  @Override
  public HealthCheckResponse call() {
    List<IssuerKey> trusted = issuerKeys.trusted();
    if (trusted.isEmpty()) {
      return HealthCheckResponse.named(NAME)
          .down()
          .withData("reason", "no issuer key installed")
          .build();
    }
    IssuerKey signing = trusted.getFirst();
    return HealthCheckResponse.named(NAME)
        .up()
        .withData("issuerKeyId", signing.id().toString())
        .withData("expiresAt", signing.expiresAt().orElseThrow().toString())
        .build();
  }
}
