package io.tallystick.sandbox.base;

import static java.util.Objects.requireNonNull;

import io.tallystick.sandbox.base.Stores.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/// Embedded PostgreSQL and Redis that are reached by TLS only, with passwords: what an installation
/// has outside a developer's machine.
///
/// Both listen on 127.0.0.1, which stands in their certificates, and on [#OTHER_ADDRESS], which
/// doesn't.
public final class TlsStores implements AutoCloseable {
  public static final String OTHER_ADDRESS = "127.0.0.5";

  /// The user of Redis, who may do what services do and nothing else.
  public static final Login REDIS_USER = new Login("tallystick", "sandbox-redis");

  /// As in the chart's README.
  private static final String REDIS_RIGHTS =
      "resetchannels ~tallystick:* -@all +@stream +@connection +incrby +get";

  private static final String ADDRESS = "127.0.0.1";

  private final PostgresStore postgres;
  private final Process redis;
  private final int redisPort;

  private TlsStores(PostgresStore postgres, Process redis, int redisPort) {
    this.postgres = postgres;
    this.redis = redis;
    this.redisPort = redisPort;
  }

  /// Starts both, with certificates of an authority.
  public static TlsStores start(Path folder, DevCa ca) {
    requireNonNull(folder, "folder is null");
    DevCa.Credentials server = ca.service("stores");
    PostgresStore postgres =
        PostgresStore.openWithTls(
            folder.resolve("postgres"), Stores.DATABASE, ADDRESS + "," + OTHER_ADDRESS, server);
    int port = FreePorts.one();
    try {
      return new TlsStores(postgres, redis(folder.resolve("redis"), port, server, ca), port);
    } catch (IOException e) {
      postgres.close();
      throw new UncheckedIOException("Redis did not start", e);
    }
  }

  public String host() {
    return ADDRESS;
  }

  public int postgresPort() {
    return URI.create(postgres.jdbcUrl().substring("jdbc:".length())).getPort();
  }

  /// Role of a service, with its password.
  public Login login(String service) {
    return postgres.login(service);
  }

  public int redisPort() {
    return redisPort;
  }

  @Override
  public void close() {
    redis.destroyForcibly();
    postgres.close();
  }

  private static Process redis(Path folder, int port, DevCa.Credentials server, DevCa ca)
      throws IOException {
    Files.createDirectories(folder);
    Path settings =
        Files.write(
            folder.resolve("redis.conf"),
            List.of(
                "port 0",
                "tls-port " + port,
                "bind " + ADDRESS + " " + OTHER_ADDRESS,
                "tls-cert-file " + server.certificate().toAbsolutePath(),
                "tls-key-file " + server.key().toAbsolutePath(),
                "tls-ca-cert-file " + ca.certificateFile().toAbsolutePath(),
                "tls-auth-clients no",
                "dir " + folder.toAbsolutePath(),
                "save \"\"",
                "appendonly no",
                "maxmemory-policy noeviction",
                "user default off",
                "user %s on >%s %s"
                    .formatted(REDIS_USER.username(), REDIS_USER.password(), REDIS_RIGHTS)));
    return new ProcessBuilder(
            ExecutableProvider.newJarResourceProvider(folder.toFile()).get().getAbsolutePath(),
            settings.toAbsolutePath().toString())
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(folder.resolve("redis.log").toFile()))
        .start();
  }
}
