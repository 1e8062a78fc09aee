package io.tallystick.kit.event;

import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.RedisOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Gives up connections to a Redis that says nothing: a host that is gone closes none. Who waits
/// for an answer gives up by itself; the connection, and with a cluster one to every other node,
/// would stay taken for as long as TCP tries, about a quarter of an hour.
///
/// The limit for answers is longer than anybody waits: in a cluster many connections are taken and
/// not used, and those that say nothing for that reason needn't be made anew all the time. Limits
/// that are configured are kept.
@Singleton
class RedisTimeouts implements RedisOptionsCustomizer {
  static final Duration CONNECT = Duration.ofSeconds(2);

  /// Of the time that an answer may take.
  private static final int TIMES = 3;

  private final EventsConfig config;

  @Inject
  RedisTimeouts(EventsConfig config) {
    this.config = config;
  }

  @Override
  public void customize(String clientName, RedisOptions options) {
    NetClientOptions net = options.getNetClientOptions();
    if (net.getConnectTimeout() == ClientOptionsBase.DEFAULT_CONNECT_TIMEOUT) {
      net.setConnectTimeout((int) CONNECT.toMillis());
    }
    if (net.getIdleTimeout() == 0 && net.getReadIdleTimeout() == 0) {
      net.setReadIdleTimeout((int) longestAnswer(clientName).multipliedBy(TIMES).toSeconds() + 1);
    }
  }

  private Duration longestAnswer(String clientName) {
    boolean readers = clientName.equals(RedisCommands.READERS);
    return readers ? config.redisTimeout().plus(config.consumerBlock()) : config.redisTimeout();
  }
}
