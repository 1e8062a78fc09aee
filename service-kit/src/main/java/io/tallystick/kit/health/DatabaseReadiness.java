package io.tallystick.kit.health;

import io.tallystick.kit.database.Database;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/// Ready when the database answers and has been migrated; that nothing is missing is seen at start.
@Readiness
@Singleton
class DatabaseReadiness implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(DatabaseReadiness.class);

  private final Database database;

  @Inject
  DatabaseReadiness(Database database) {
    this.database = database;
  }

  @Override
  public HealthCheckResponse call() {
    try {
      String version =
          database.read(handle ->
              handle
                  .createQuery(
                      """
                      select version from flyway_schema_history where success and version is not null
                      order by installed_rank desc limit 1
                      """)
                  .mapTo(String.class)
                  .one());
      return HealthCheckResponse.named("database").up().withData("version", version).build();
    } catch (RuntimeException e) {
      LOG.warnf("database is not ready: %s", e.getMessage());
      return HealthCheckResponse.down("database");
    }
  }
}
