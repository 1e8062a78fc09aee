package io.tallystick.sandbox.cli.keys;

import io.tallystick.sandbox.platform.PlatformDescription;
import java.net.URI;
import java.util.Locale;
import java.util.function.Function;

/// Services that keep something under key-encryption keys.
enum SealingService {
  SEED(PlatformDescription.RestAddresses::seedService),
  NOTIFY(PlatformDescription.RestAddresses::notifyService);

  private final Function<PlatformDescription.RestAddresses, URI> address;

  SealingService(Function<PlatformDescription.RestAddresses, URI> address) {
    this.address = address;
  }

  Function<PlatformDescription.RestAddresses, URI> address() {
    return address;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
