package io.tallystick.kit.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.RedisOptions;
import org.junit.jupiter.api.Test;

class RedisTimeoutsTest {
  private final RedisTimeouts timeouts =
      new RedisTimeouts(
          new SmallRyeConfigBuilder()
              .withMapping(EventsConfig.class)
              .build()
              .getConfigMapping(EventsConfig.class));

  @Test
  void connectionsThatSayNothingOutliveEveryWaiter() {
    NetClientOptions commands = customized("<default>", new NetClientOptions());
    NetClientOptions readers = customized(RedisCommands.READERS, new NetClientOptions());
    assertThat(commands.getConnectTimeout()).isEqualTo(2_000);
    assertThat(commands.getReadIdleTimeout()).isEqualTo(16);
    assertThat(readers.getReadIdleTimeout()).isEqualTo(19);
  }

  @Test
  void keepsLimitsThatAreConfigured() {
    NetClientOptions net =
        customized(
            "<default>", new NetClientOptions().setConnectTimeout(500).setReadIdleTimeout(60));
    assertThat(net.getConnectTimeout()).isEqualTo(500);
    assertThat(net.getReadIdleTimeout()).isEqualTo(60);
  }

  private NetClientOptions customized(String client, NetClientOptions net) {
    timeouts.customize(client, new RedisOptions().setNetClientOptions(net));
    return net;
  }
}
