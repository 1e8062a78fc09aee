package io.tallystick.sandbox.base;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that one service needs around it in a test: stores, certificates, an issuer, ports.
///
/// One per virtual machine; everything ends with it.
public final class TestPlatform {
  private static @Nullable TestPlatform current;

  private final Stores stores;
  private final DevCa ca;
  private final DevOidc oidc;
  private final Path folder;

  private TestPlatform(Path folder) {
    this.folder = folder;
    this.stores = Stores.open(folder, "tallystick_test_" + ProcessHandle.current().pid());
    this.ca = DevCa.open(folder.resolve("ca"));
    this.oidc = DevOidc.start(folder.resolve("oidc"), 0, List.of(), Clock.systemUTC());
  }

  /// The platform of this virtual machine, started at the first call.
  public static synchronized TestPlatform get() {
    TestPlatform platform = current;
    if (platform == null) {
      platform = new TestPlatform(newFolder());
      Runtime.getRuntime().addShutdownHook(new Thread(platform::end, "test-platform-end"));
      current = platform;
    }
    return platform;
  }

  /// Under the module's build folder, where a clean build removes what a killed test left.
  private static Path newFolder() {
    Path target = Path.of("target");
    try {
      return Files.isDirectory(target)
          ? Files.createTempDirectory(target.toAbsolutePath(), "test-platform")
          : Files.createTempDirectory("tallystick-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end() {
    oidc.close();
    stores.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException("not all of it could be deleted: " + folder, e);
    }
  }

  public Stores stores() {
    return stores;
  }

  public DevCa ca() {
    return ca;
  }

  public DevOidc oidc() {
    return oidc;
  }

  /// A folder that tests may write into.
  public Path folder() {
    return folder;
  }

  /// The run-time properties of one service: database, Redis, certificates, issuer, free ports.
  public Map<String, String> configuration(String service) {
    List<Integer> ports = FreePorts.take(2);
    return configuration(service, ports.get(0), ports.get(1));
  }

  public Map<String, String> configuration(String service, int httpPort, int grpcPort) {
    return ServiceProperties.of(service, httpPort, grpcPort, stores, ca, oidc.issuer());
  }
}
