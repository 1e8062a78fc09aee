package io.tallystick.kit.service;

import java.util.Optional;

/// Another service than the one that the tests run as.
public final class NamedService {
  private NamedService() {}

  public static ThisService of(String service) {
    return new ThisService(
        new ServiceConfig() {
          @Override
          public String name() {
            return service;
          }

          @Override
          public Optional<String> replica() {
            return Optional.empty();
          }
        });
  }
}
