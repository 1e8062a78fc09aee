package io.tallystick.sandbox.base;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.LinkedHashMap;
import java.util.Map;

/// Gives a `@QuarkusTest` real PostgreSQL and Redis, mTLS certificates and an OIDC issuer.
///
/// ```java
/// @QuarkusTest
/// @WithTestResource(
///     value = TallystickTestResource.class,
///     initArgs = @ResourceArg(name = "service", value = "verify"))
/// ```
///
/// Fields of type [TestPlatform] in the test are set. Any other argument becomes a configuration
/// property.
public final class TallystickTestResource implements QuarkusTestResourceLifecycleManager {
  private Map<String, String> arguments = Map.of();

  @Override
  public void init(Map<String, String> initArgs) {
    arguments = Map.copyOf(initArgs);
  }

  @Override
  public Map<String, String> start() {
    String service = arguments.get("service");
    if (service == null) {
      throw new IllegalArgumentException("argument service is missing");
    }
    Map<String, String> properties = new LinkedHashMap<>(TestPlatform.get().configuration(service));
    String httpPort = properties.get("tallystick.http.port");
    properties.put("quarkus.http.test-ssl-port", httpPort);
    properties.put("quarkus.grpc.server.test-port", properties.get("tallystick.grpc.port"));
    arguments.forEach((name, value) -> {
      if (!name.equals("service")) {
        properties.put(name, value);
      }
    });
    return properties;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(TestPlatform.get(), new TestInjector.MatchesType(TestPlatform.class));
  }

  @Override
  public void stop() {
    // The platform serves every test class of this virtual machine and ends with it.
  }
}
