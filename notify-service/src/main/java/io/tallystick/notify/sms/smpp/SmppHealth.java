package io.tallystick.notify.sms.smpp;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Says whether the SMS centre is bound, in health and as the gauge `tallystick_notify_smpp_bound`.
/// Always up: without the centre everything but sending codes works, and those wait.
@Readiness
@ApplicationScoped
public class SmppHealth implements HealthCheck {
  private final SmppGateway gateway;

  SmppHealth(SmppGateway gateway) {
    this.gateway = gateway;
  }

  void register(@Observes StartupEvent started, MeterRegistry metrics) {
    metrics.gauge("tallystick.notify.smpp.bound", gateway, bound -> bound.bound() ? 1 : 0);
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("sms-centre").withData("bound", gateway.bound()).up().build();
  }
}
