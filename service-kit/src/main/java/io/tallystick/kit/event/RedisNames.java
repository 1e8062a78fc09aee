package io.tallystick.kit.event;

import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.RedisOptions;
import jakarta.inject.Singleton;

/// Lets a named TLS configuration say that names in certificates are not checked: `NONE`, which the
/// client would take for the name of a way to check, and refuse every connection.
@Singleton
class RedisNames implements RedisOptionsCustomizer {
  @Override
  public void customize(String clientName, RedisOptions options) {
    NetClientOptions net = options.getNetClientOptions();
    if ("NONE".equalsIgnoreCase(net.getHostnameVerificationAlgorithm())) {
      net.setHostnameVerificationAlgorithm("");
    }
  }
}
