package io.tallystick.kit.cluster;

import io.tallystick.sandbox.base.TestPlatform;
import java.nio.file.Path;
import java.util.Map;

/// A Redis Cluster, as with `redis.mode=cluster` of the chart.
public final class RedisClusterResource extends StoresResource<RedisCluster> {
  public RedisClusterResource() {
    super("redis-cluster", RedisCluster.class);
  }

  @Override
  RedisCluster start(TestPlatform platform, Path folder) {
    return RedisCluster.start(folder, new RedisAccess(platform.ca()));
  }

  @Override
  Map<String, String> settings(TestPlatform platform, RedisCluster started) {
    return StoreSettings.of(
        "redis-cluster",
        Map.of(
            "addresses", started.urls(),
            "password", RedisAccess.PASSWORD,
            "ca", platform.ca().certificateFile().toString()));
  }
}
