package io.tallystick.seed.code;

import io.tallystick.protocol.code.CodeNetwork;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Gives the configured prefixes of codes.
final class CodeNetworks {
  @Produces
  @Singleton
  CodeNetwork network(CodeConfig config) {
    return new CodeNetwork(config.offlinePrefix(), config.onlinePrefix());
  }
}
