package io.tallystick.kit.event;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Ready while relay and consumers run. The state of Redis is told, and doesn't count: what can't
/// be published waits in the outbox.
@Readiness
@Singleton
class EventsReadiness implements HealthCheck {
  private final RelayWorkers relay;
  private final Consumers consumers;
  private final RedisCommands redis;

  @Inject
  EventsReadiness(RelayWorkers relay, Consumers consumers, RedisCommands redis) {
    this.relay = relay;
    this.consumers = consumers;
    this.redis = redis;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("events")
            .status(relay.running() && consumers.running())
            .withData("relay", relay.running())
            .withData("consumers", consumers.running());
    return response.withData("redis", redis.answers() ? "answers" : "away").build();
  }
}
