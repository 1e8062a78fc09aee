package io.tallystick.kit.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.redis.runtime.client.VertxRedisClientFactory;
import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tallystick.kit.Eventually;
import io.tallystick.kit.cluster.TlsStoresResource;
import io.tallystick.sandbox.base.Stores.Login;
import io.tallystick.sandbox.base.TallystickTestResource;
import io.tallystick.sandbox.base.TlsStores;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// PostgreSQL and Redis that are reached by TLS only, configured as the chart does.
@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "risk"))
@WithTestResource(TlsStoresResource.class)
class StoresByTlsIT extends EventsHarness {
  TlsStores stores;

  @Inject Vertx vertx;
  @Inject TlsConfigurationRegistry tls;
  @Inject ProxyConfigurationRegistry proxies;

  @Test
  void eventsTravel() {
    clearing.start();
    append("pay_tls");
    untilEffects("pay_tls", 1);
    untilStatus("delivered", 1);
  }

  /// The migrated schema, the pool and the connection that listens are one role's.
  @Test
  void everyConnectionToPostgresIsEncrypted() {
    assertThat(number("select count(*) from flyway_schema_history where success")).isPositive();
    String mine =
        """
        select count(*) from pg_stat_activity join pg_stat_ssl using (pid)
        where usename = current_user and\s\
        """;
    Eventually.get(() -> number(mine + "query ilike 'listen %'"), count -> count == 1);
    assertThat(number(mine + "ssl")).isPositive();
    assertThat(number(mine + "not ssl")).isZero();
  }

  @Test
  void aRowOfAnotherConnectionWakesTheRelay() throws SQLException {
    try (Connection connection =
            connect(TlsStoresResource.databaseUrl(stores, stores.host(), ca()));
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into outbox (event_id, stream, partition, partition_key, type, occurred_at, payload)
          values (gen_random_uuid(), 'decisions', 0, 'someone', 'TapDecided', now(), '')
          """);
    }
    // The poll of the tests is longer than anything waits.
    untilStatus("published", 1);
  }

  @Test
  void postgresIsNotReachedPlainly() {
    String url =
        "jdbc:postgresql://%s:%d/tallystick?sslmode=disable"
            .formatted(stores.host(), stores.postgresPort());
    assertThatThrownBy(() -> connect(url)).hasMessageContaining("no encryption");
  }

  @Test
  void postgresOfAnotherAuthorityIsRefused() {
    String url = TlsStoresResource.databaseUrl(stores, stores.host(), another());
    assertThatThrownBy(() -> connect(url))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("SSL error")
        .hasMessageContaining("path");
  }

  @Test
  void postgresOfAnotherNameIsRefused() {
    String url = TlsStoresResource.databaseUrl(stores, TlsStores.OTHER_ADDRESS, ca());
    assertThatThrownBy(() -> connect(url))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(TlsStores.OTHER_ADDRESS)
        .hasMessageContaining("could not be verified");
  }

  /// The rights are those that the chart's README gives.
  @Test
  void theUserOfRedisMayNothingElse() {
    assertThatThrownBy(() -> redis.send(Request.cmd(Command.SET).arg("tallystick:x").arg("1")))
        .hasMessageContaining("NOPERM");
    assertThatThrownBy(() -> redis.send(Request.cmd(Command.XLEN).arg("of-others")))
        .hasMessageContaining("NOPERM");
  }

  @Test
  void redisOfAnotherAuthorityIsRefused() {
    assertThatThrownBy(() -> ping(url(stores.host()), TlsStoresResource.ANOTHER))
        .isInstanceOf(RedisUnavailableException.class)
        .hasMessageContaining("SignatureException");
  }

  @Test
  void redisOfAnotherNameIsRefused() {
    assertThatThrownBy(() -> ping(url(TlsStores.OTHER_ADDRESS), "tallystick-redis"))
        .isInstanceOf(RedisUnavailableException.class)
        .hasMessageContaining("No subject alternative names matching IP address 127.0.0.5 found");
  }

  @Test
  void namesOfRedisAreNotCheckedWhereToldSo() {
    ping(url(TlsStores.OTHER_ADDRESS), TlsStoresResource.ANY_NAME);
  }

  @Test
  void redisWithoutTlsIsRefused() {
    assertThatThrownBy(
            () -> ping(url(stores.host()).replace("rediss:", "redis:"), "tallystick-redis"))
        .isInstanceOf(RedisUnavailableException.class);
  }

  @Test
  void anotherPasswordIsRefused() {
    String wrong = url(stores.host()).replace(TlsStores.REDIS_USER.password(), "wrong");
    assertThatThrownBy(() -> ping(wrong, "tallystick-redis")).hasMessageContaining("WRONGPASS");
  }

  private String url(String host) {
    return TlsStoresResource.redisUrl(stores, host);
  }

  /// By a client made as those of the service are.
  private void ping(String url, String tlsConfiguration) {
    RedisConfig settings =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .addDefaultInterceptors()
            .withMapping(RedisConfig.class)
            .withSources(
                new PropertiesConfigSource(
                    Map.of(
                        "quarkus.redis.hosts", url,
                        "quarkus.redis.tls-configuration-name", tlsConfiguration),
                    "client",
                    100))
            .build()
            .getConfigMapping(RedisConfig.class);
    String name = VertxRedisClientFactory.DEFAULT_CLIENT;
    Redis client =
        VertxRedisClientFactory.create(name, vertx, settings.clients().get(name), tls, proxies);
    try {
      new RedisCommands(client, 4, client, 4, config).send(Request.cmd(Command.PING));
    } finally {
      client.close();
    }
  }

  private Connection connect(String url) throws SQLException {
    Login login = stores.login("risk");
    return DriverManager.getConnection(url, login.username(), login.password());
  }

  private String ca() {
    return platform.ca().certificateFile().toString();
  }

  private String another() {
    return TlsStoresResource.anotherCa().toString();
  }
}
