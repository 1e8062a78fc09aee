package io.tallystick.risk.scoring;

import io.tallystick.risk.thresholds.RuleBooks;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Which thresholds are in force. A file that was refused doesn't make the service unready, since
/// it judges by good ones; it is told.
@Readiness
@Singleton
class ThresholdsHealth implements HealthCheck {
  private final RuleBooks ruleBooks;

  @Inject
  ThresholdsHealth(RuleBooks ruleBooks) {
    this.ruleBooks = ruleBooks;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer =
        HealthCheckResponse.named("thresholds")
            .up()
            .withData("version", ruleBooks.current().version());
    ruleBooks.refusal().ifPresent(why -> answer.withData("refused", why));
    return answer.build();
  }
}
