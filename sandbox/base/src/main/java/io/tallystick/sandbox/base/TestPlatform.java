package io.tallystick.sandbox.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that one service needs around it in a test: stores, certificates, an issuer, ports.
///
/// One per virtual machine; everything ends with it.
public final class TestPlatform {
  private static @Nullable TestPlatform current;

  private final Stores stores;
  private final DevCa ca;
  private final DevOidc oidc;
  private final Path folder;

  private TestPlatform(Path folder) {
    this.folder = folder;
    this.stores = Stores.open(folder, "tallystick_test_" + ProcessHandle.current().pid());
    this.ca = DevCa.open(folder.resolve("ca"));
    this.oidc = DevOidc.start(folder.resolve("oidc"), 0, List.of(), Clock.systemUTC());
  }

  /// The platform of this virtual machine, started at the first call.
  public static synchronized TestPlatform get() {
    TestPlatform platform = current;
    if (platform == null) {
      try {
        platform = new TestPlatform(Files.createTempDirectory("tallystick-test"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      current = platform;
    }
    return platform;
  }

  public Stores stores() {
    return stores;
  }

  public DevCa ca() {
    return ca;
  }

  public DevOidc oidc() {
    return oidc;
  }

  /// A folder that tests may write into.
  public Path folder() {
    return folder;
  }

  /// The run-time properties of one service: database, Redis, certificates, issuer, free ports.
  public Map<String, String> configuration(String service) {
    List<Integer> ports = FreePorts.take(2);
    return configuration(service, ports.get(0), ports.get(1));
  }

  public Map<String, String> configuration(String service, int httpPort, int grpcPort) {
    return configuration(service, httpPort, grpcPort, stores, ca, oidc.issuer());
  }

  /// As a supervisor starts a service with it: each entry is a system property, or an environment
  /// variable in the usual spelling (`TALLYSTICK_DATABASE_URL`).
  public static Map<String, String> configuration(
      String service, int httpPort, int grpcPort, Stores stores, DevCa ca, String issuer) {
    Stores.Login login = stores.login(service);
    DevCa.Credentials credentials = ca.service(service);
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("tallystick.database.url", stores.jdbcUrl());
    properties.put("tallystick.database.username", login.username());
    properties.put("tallystick.database.password", login.password());
    properties.put("tallystick.redis.url", stores.redisUrl());
    properties.put("tallystick.tls.certificate", credentials.certificate().toString());
    properties.put("tallystick.tls.key", credentials.key().toString());
    properties.put("tallystick.tls.ca", ca.certificateFile().toString());
    properties.put("tallystick.tls.trust-store", ca.trustStoreFile().toString());
    properties.put("tallystick.tls.trust-store-password", DevCa.TRUST_STORE_PASSWORD);
    properties.put("tallystick.oidc.issuer", issuer);
    properties.put("tallystick.http.port", Integer.toString(httpPort));
    properties.put("tallystick.grpc.port", Integer.toString(grpcPort));
    return properties;
  }
}
