package io.tallystick.sandbox.platform;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What the services run on: JVMs, or nothing, as native executables.
public sealed interface ServiceRuntime permits JvmOptions, NativeExecutables {
  /// The kinds, as people call them.
  enum Kind {
    @JsonProperty("jvm")
    JVM("JVM"),
    @JsonProperty("jvmWithAotCache")
    JVM_WITH_AOT_CACHE("JVM with AOT cache"),
    @JsonProperty("nativeExecutable")
    NATIVE_EXECUTABLE("native executable");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  Kind kind();

  /// Of each service's process, such as `-Xmx`.
  List<String> options();

  /// What starts a service.
  ///
  /// @param checkout with its build output
  /// @param properties system properties, as `-Dname=value`
  /// @throws IOException when the service has not been built for this
  List<String> command(Path checkout, ServiceName service, List<String> properties)
      throws IOException;

  /// How long a service may take to stop.
  default Duration stopLimit() {
    return Duration.ofSeconds(15);
  }
}
