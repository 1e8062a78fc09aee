package io.tallystick.sandbox.platform;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The executables that `tally native` makes.
///
/// @param options of each
public record NativeExecutables(List<String> options) implements ServiceRuntime {
  public NativeExecutables {
    options = List.copyOf(options);
  }

  @Override
  public Kind kind() {
    return Kind.NATIVE_EXECUTABLE;
  }

  @Override
  public List<String> command(Path checkout, ServiceName service, List<String> properties)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(executable(checkout, service).toString());
    command.addAll(options);
    command.addAll(properties);
    return command;
  }

  private static Path executable(Path checkout, ServiceName service) throws IOException {
    Path target = checkout.resolve(service.moduleName()).resolve("target");
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(target)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(target, "*-runner")) {
        files.forEach(found::add);
      }
    }
    if (found.size() != 1) {
      throw new IOException(
          service.moduleName()
              + (found.isEmpty() ? " has not been built" : " has been built more than once")
              + " as a native executable: ./tally native");
    }
    return found.getFirst();
  }
}
