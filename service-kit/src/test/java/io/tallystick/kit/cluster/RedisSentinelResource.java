package io.tallystick.kit.cluster;

import io.tallystick.sandbox.base.TestPlatform;
import java.nio.file.Path;
import java.util.Map;

/// A Redis that sentinels watch, as with `redis.mode=sentinel` of the chart.
public final class RedisSentinelResource extends StoresResource<RedisSentinels> {
  public RedisSentinelResource() {
    // Not redis-sentinel: whatever is started by a path with that in it is a sentinel.
    super("watched-redis", RedisSentinels.class);
  }

  @Override
  RedisSentinels start(TestPlatform platform, Path folder) {
    return RedisSentinels.start(folder, new RedisAccess(platform.ca()));
  }

  @Override
  Map<String, String> settings(TestPlatform platform, RedisSentinels started) {
    return StoreSettings.of(
        "redis-sentinel",
        Map.of(
            "addresses",
            started.urls(),
            "name",
            RedisSentinels.NAME,
            "password",
            RedisAccess.PASSWORD,
            "ca",
            platform.ca().certificateFile().toString()));
  }
}
