package io.tallystick.kit.cluster;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tallystick.sandbox.base.TestPlatform;
import java.util.Map;

/// Gives a `@QuarkusTest` a Redis Cluster in place of the one Redis of `TallystickTestResource`,
/// configured as the chart does with `redis.mode=cluster`. Fields of type [RedisCluster] are set.
public final class RedisClusterResource implements QuarkusTestResourceLifecycleManager {
  private RedisCluster cluster;

  /// After `TallystickTestResource`, whose Redis it replaces.
  @Override
  public int order() {
    return 1;
  }

  @Override
  public Map<String, String> start() {
    TestPlatform platform = TestPlatform.get();
    RedisCluster started =
        RedisCluster.start(
            platform.folder().resolve("redis-cluster-" + System.nanoTime()),
            new RedisAccess(platform.ca()));
    Runtime.getRuntime().addShutdownHook(new Thread(started::close, "redis-cluster-end"));
    cluster = started;
    return StoreSettings.of(
        "redis-cluster",
        Map.of(
            "addresses", started.urls(),
            "password", RedisAccess.PASSWORD,
            "ca", platform.ca().certificateFile().toString()));
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(cluster, new TestInjector.MatchesType(RedisCluster.class));
  }

  @Override
  public void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }
}
