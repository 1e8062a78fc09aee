package io.tallystick.sandbox.base;

import java.util.LinkedHashMap;
import java.util.Map;

/// The run-time properties that every service needs, as `service-kit/README.md` lists them.
public final class ServiceProperties {
  private ServiceProperties() {}

  /// What a supervisor or a test starts one service with. Each entry may be given as a system
  /// property, or as an environment variable in the usual spelling (`TALLYSTICK_DATABASE_URL`).
  ///
  /// @param issuer base URL of the OIDC issuer
  public static Map<String, String> of(
      String service, int httpPort, int grpcPort, Stores stores, DevCa ca, String issuer) {
    Stores.Login login = stores.login(service);
    DevCa.Credentials credentials = ca.service(service);
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("tallystick.host", "127.0.0.1");
    properties.put("tallystick.http.port", Integer.toString(httpPort));
    properties.put("tallystick.grpc.port", Integer.toString(grpcPort));
    properties.put("tallystick.database.url", stores.jdbcUrl());
    properties.put("tallystick.database.username", login.username());
    properties.put("tallystick.database.password", login.password());
    properties.put("tallystick.redis.url", stores.redisUrl());
    properties.put("tallystick.tls.certificate", credentials.certificate().toString());
    properties.put("tallystick.tls.key", credentials.key().toString());
    properties.put("tallystick.tls.ca", ca.certificateFile().toString());
    properties.put("tallystick.oidc.issuer", issuer);
    return properties;
  }
}
