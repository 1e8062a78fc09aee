package io.tallystick.sandbox.platform;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// The loopback addresses that the replicas of a service have.
///
/// @param replicas how many
record Loopbacks(int replicas) {
  private List<String> hosts() {
    return IntStream.rangeClosed(1, replicas)
        .mapToObj(number -> new Replica(ServiceName.SEED, number).host())
        .toList();
  }

  /// Where they listen, in the order of their numbers.
  List<InetSocketAddress> listeners(int port) {
    return hosts().stream().map(host -> new InetSocketAddress(host, port)).toList();
  }

  /// What a JVM is told so that `localhost` stands for all of them, as the name of a headless
  /// Service stands for all replicas in a cluster; nothing when there is one.
  ///
  /// @param folder for the file of names
  List<String> systemProperties(Path folder) throws IOException {
    if (replicas == 1) {
      return List.of();
    }
    Path names =
        Files.write(
            folder.resolve("hosts"), hosts().stream().map(host -> host + " localhost").toList());
    return List.of("-Djdk.net.hosts.file=" + names.toAbsolutePath());
  }
}
