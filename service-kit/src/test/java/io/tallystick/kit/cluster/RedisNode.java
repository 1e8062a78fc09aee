package io.tallystick.kit.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// One process of a Redis Cluster on the loopback address. It keeps no data on disk, only its view
/// of the cluster.
public final class RedisNode {
  /// A node that says nothing for so long is taken for failed.
  private static final int NODE_TIMEOUT_MILLIS = 1_500;

  private final File program;
  private final Path folder;
  private final int port;
  private Process process;

  RedisNode(File program, Path folder, int port) {
    this.program = program;
    this.folder = folder;
    this.port = port;
    this.process = launch();
  }

  public int port() {
    return port;
  }

  String url() {
    return "redis://127.0.0.1:" + port;
  }

  boolean running() {
    return process.isAlive();
  }

  /// Ends the process as a power cut would; what it held is gone.
  void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Starts the process again, without data, as the node it was.
  void restart() {
    process = launch();
  }

  /// Sends a command to this node, whoever has the key.
  Object call(String... command) {
    return call(List.of(command));
  }

  Object call(List<String> command) {
    try {
      return RedisWire.call(port, command);
    } catch (IOException e) {
      throw new UncheckedIOException(this + ": " + e.getMessage(), e);
    }
  }

  /// The lines `name:value` of `CLUSTER INFO` or `INFO …`; empty while the node is away.
  Map<String, String> facts(String... command) {
    try {
      return RedisWire.call(port, List.of(command))
          .toString()
          .lines()
          .filter(line -> line.contains(":"))
          .map(line -> line.split(":", 2))
          .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (one, _) -> one));
    } catch (IOException away) {
      return Map.of();
    }
  }

  private Process launch() {
    try {
      Files.createDirectories(folder);
      return new ProcessBuilder(
              program.getAbsolutePath(),
              "--port " + port,
              "--bind 127.0.0.1",
              "--dir " + folder.toAbsolutePath(),
              "--save \"\"",
              "--appendonly no",
              "--maxmemory-policy noeviction",
              "--cluster-enabled yes",
              "--cluster-node-timeout " + NODE_TIMEOUT_MILLIS,
              // A replica may take over however long it has heard nothing: losing is what is
              // tested.
              "--cluster-replica-validity-factor 0",
              "--repl-diskless-sync yes",
              "--repl-diskless-sync-delay 0",
              "--repl-ping-replica-period 1")
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("redis.log").toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("Redis did not start on port " + port, e);
    }
  }

  @Override
  public String toString() {
    return "node " + port;
  }
}
