package io.tallystick.kit.cluster;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tallystick.sandbox.base.TestPlatform;
import java.nio.file.Path;
import java.util.Map;

/// Gives a `@QuarkusTest` stores in place of those of `TallystickTestResource`, configured as the
/// chart does. Fields of the stores' type are set.
abstract class StoresResource<T extends AutoCloseable>
    implements QuarkusTestResourceLifecycleManager {
  private final String name;
  private final Class<T> type;
  private T stores;

  /// @param name of the folder for their files
  StoresResource(String name, Class<T> type) {
    this.name = name;
    this.type = type;
  }

  /// @param folder for their files
  abstract T start(TestPlatform platform, Path folder);

  /// The properties of a service that lead to them.
  abstract Map<String, String> settings(TestPlatform platform, T started);

  /// After `TallystickTestResource`, whose stores these replace.
  @Override
  public final int order() {
    return 1;
  }

  @Override
  public final Map<String, String> start() {
    TestPlatform platform = TestPlatform.get();
    stores = start(platform, platform.folder().resolve(name + "-" + System.nanoTime()));
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, name + "-end"));
    return settings(platform, stores);
  }

  @Override
  public final void inject(TestInjector injector) {
    injector.injectIntoFields(stores, new TestInjector.MatchesType(type));
  }

  @Override
  public final void stop() {
    if (stores == null) {
      return;
    }
    try {
      stores.close();
    } catch (Exception e) {
      throw new IllegalStateException(name + " did not end", e);
    }
  }
}
