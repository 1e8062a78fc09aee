package io.tallystick.sandbox.base.access;

import io.tallystick.sandbox.base.TestPlatform;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Makes every REST request that a service serves as everybody there is.
public final class RestAccess {
  private static final String ANYBODY = "anybody";
  private static final String MERCHANT = "merchant";

  private final TestPlatform platform;
  private final String service;
  private final int port;

  /// @param service whose rows of the document count
  public RestAccess(TestPlatform platform, String service, int port) {
    this.platform = platform;
    this.service = service;
    this.port = port;
  }

  /// What is not as the document says; empty when all is.
  ///
  /// @param beans among which are the resources and WebSockets that are served
  /// @param bodies by route: one that its validation passes, so that a refusal is one of the caller
  public List<String> faults(BeanManager beans, Map<String, String> bodies) {
    List<String> faults = new ArrayList<>();
    Map<String, RestRoute> served = new TreeMap<>();
    beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
        .map(Bean::getBeanClass)
        .distinct()
        .flatMap(RestRoute::of)
        .forEach(route -> served.put(route.name(), route));
    Map<String, Set<String>> table = AccessTable.rest(service);
    table.keySet().stream()
        .filter(route -> !served.containsKey(route))
        .forEach(route -> faults.add("in the document and not served: " + route));
    List<RestToken> callers = RestToken.all(platform);
    RestCall calls = new RestCall(platform.ca(), port);
    served.forEach((name, route) -> {
      Set<String> allowed = table.get(name);
      if (allowed == null) {
        faults.add("served and not in the document: " + name);
        return;
      }
      for (RestToken caller : callers) {
        RestOutcome outcome = calls.make(route, caller.token(), bodies.get(name));
        RestOutcome expected = expected(route, caller, allowed);
        if (outcome != expected) {
          faults.add(
              "%s as %s: %s instead of %s".formatted(name, caller.name(), outcome, expected));
        }
      }
    });
    return faults;
  }

  /// A token that doesn't verify is refused even where none is needed.
  private static RestOutcome expected(RestRoute route, RestToken caller, Set<String> allowed) {
    if (!caller.verifies()) {
      return RestOutcome.NO_TOKEN;
    }
    if (allowed.contains(ANYBODY)) {
      return RestOutcome.ALLOWED;
    }
    if (caller.token() == null) {
      return RestOutcome.NO_TOKEN;
    }
    if (caller.word().equals(MERCHANT) && allowed.contains(MERCHANT) && route.isOfAMerchant()) {
      return caller.isOther() ? RestOutcome.NOT_FOUND : RestOutcome.ALLOWED;
    }
    return allowed.contains(caller.word()) ? RestOutcome.ALLOWED : RestOutcome.NOT_ALLOWED;
  }
}
