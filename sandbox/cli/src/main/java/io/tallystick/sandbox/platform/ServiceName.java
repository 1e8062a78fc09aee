package io.tallystick.sandbox.platform;

import java.nio.file.Path;
import java.util.Locale;

/// The five services, in the order in which their names are shown. They start all at once.
public enum ServiceName {
  SEED,
  VERIFY,
  CLEARING,
  RISK,
  NOTIFY;

  /// As in identities, schemas and configuration: "seed".
  public String shortName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// As in modules and process lists: "seed-service".
  public String moduleName() {
    return shortName() + "-service";
  }

  /// The runnable jar that the build leaves in a checkout.
  Path jar(Path checkout) {
    return checkout.resolve(moduleName()).resolve("target/quarkus-app/quarkus-run.jar");
  }
}
