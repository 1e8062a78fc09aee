package io.tallystick.kit.cluster;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tallystick.sandbox.base.TestPlatform;
import java.util.Map;

/// Gives a `@QuarkusTest` a Redis watched by sentinels in place of the one Redis of
/// `TallystickTestResource`, configured as the chart does with `redis.mode=sentinel`. Fields of
/// type [RedisSentinels] are set.
public final class RedisSentinelResource implements QuarkusTestResourceLifecycleManager {
  private RedisSentinels sentinels;

  /// After `TallystickTestResource`, whose Redis it replaces.
  @Override
  public int order() {
    return 1;
  }

  @Override
  public Map<String, String> start() {
    TestPlatform platform = TestPlatform.get();
    RedisSentinels started =
        RedisSentinels.start(
            // Not redis-sentinel: whatever is started by a path with that in it is a sentinel.
            platform.folder().resolve("watched-redis-" + System.nanoTime()),
            new RedisAccess(platform.ca()));
    Runtime.getRuntime().addShutdownHook(new Thread(started::close, "redis-sentinels-end"));
    sentinels = started;
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

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(sentinels, new TestInjector.MatchesType(RedisSentinels.class));
  }

  @Override
  public void stop() {
    if (sentinels != null) {
      sentinels.close();
    }
  }
}
