package io.tallystick.kit.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.Stores;
import io.tallystick.sandbox.base.TestPlatform;
import io.tallystick.sandbox.base.TlsStores;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// PostgreSQL and Redis that are reached by TLS only.
public final class TlsStoresResource extends StoresResource<TlsStores> {
  /// A TLS configuration that trusts an authority which has nothing to do with the stores.
  public static final String ANOTHER = "another";

  /// A TLS configuration that checks no names: `redis.tls.verifyHostname: false`.
  public static final String ANY_NAME = "any-name";

  public TlsStoresResource() {
    super("tls-stores", TlsStores.class);
  }

  @Override
  TlsStores start(TestPlatform platform, Path folder) {
    return TlsStores.start(folder, platform.ca());
  }

  @Override
  Map<String, String> settings(TestPlatform platform, TlsStores started) {
    String ca = platform.ca().certificateFile().toString();
    Map<String, String> settings =
        new HashMap<>(
            StoreSettings.of(
                "redis-single", Map.of("url", redisUrl(started, started.host()), "ca", ca)));
    settings.put("tallystick.database.url", databaseUrl(started, started.host(), ca));
    put(settings, ANOTHER, anotherCa().toString(), "HTTPS");
    put(settings, ANY_NAME, ca, "NONE");
    return settings;
  }

  private static void put(
      Map<String, String> settings, String configuration, String ca, String names) {
    String prefix = "quarkus.tls." + configuration;
    settings.put(prefix + ".trust-store.pem.certs", ca);
    settings.put(prefix + ".hostname-verification-algorithm", names);
  }

  public static Path anotherCa() {
    return DevCa.open(TestPlatform.get().folder().resolve("another-ca")).certificateFile();
  }

  public static String redisUrl(TlsStores stores, String host) {
    Stores.Login user = TlsStores.REDIS_USER;
    return "rediss://%s:%s@%s:%d"
        .formatted(user.username(), user.password(), host, stores.redisPort());
  }

  public static String databaseUrl(TlsStores stores, String host, String ca) {
    return StoreSettings.of(
            "postgres",
            Map.of(
                "host",
                host,
                "port",
                Integer.toString(stores.postgresPort()),
                "database",
                Stores.DATABASE,
                "ca",
                URLEncoder.encode(ca, UTF_8)))
        .get("tallystick.database.url");
  }
}
