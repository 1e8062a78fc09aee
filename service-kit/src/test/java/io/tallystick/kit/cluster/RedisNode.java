package io.tallystick.kit.cluster;

import io.tallystick.kit.Eventually;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// One Redis process, server or sentinel, on the loopback address. A server keeps no data on disk.
public final class RedisNode {
  private final List<String> command;
  private final Path folder;
  private final int port;
  private final RedisAccess access;
  private Process process;

  private RedisNode(List<String> command, Path folder, int port, RedisAccess access) {
    this.command = command;
    this.folder = folder;
    this.port = port;
    this.access = access;
    this.process = launch();
  }

  static RedisNode server(
      File program, Path folder, int port, RedisAccess access, List<String> further) {
    List<String> settings = new ArrayList<>(access.settings(port));
    settings.add("masterauth " + RedisAccess.PASSWORD);
    settings.add("save \"\"");
    settings.add("appendonly no");
    settings.add("maxmemory-policy noeviction");
    settings.add("repl-diskless-sync yes");
    settings.add("repl-diskless-sync-delay 0");
    settings.add("repl-ping-replica-period 1");
    settings.addAll(further);
    Path file = write(folder, settings);
    return new RedisNode(List.of(program.getAbsolutePath(), file.toString()), folder, port, access);
  }

  static RedisNode sentinel(
      File program, Path folder, int port, RedisAccess access, List<String> further) {
    List<String> settings = new ArrayList<>(access.settings(port));
    settings.addAll(further);
    Path file = write(folder, settings);
    return new RedisNode(
        List.of(program.getAbsolutePath(), file.toString(), "--sentinel"), folder, port, access);
  }

  public int port() {
    return port;
  }

  public String url() {
    return RedisAccess.url(port);
  }

  boolean running() {
    return process.isAlive();
  }

  public boolean isPrimary() {
    return "master".equals(facts("INFO", "replication").get("role"));
  }

  public boolean isLinkedReplica() {
    return "up".equals(facts("INFO", "replication").get("master_link_status"));
  }

  /// Has a primary's replica get nothing more: what the primary takes from now on is lost with it.
  public void cutOffReplica() {
    call("ACL", "SETUSER", "default", "-psync", "-sync");
    call("CLIENT", "KILL", "TYPE", "replica");
    Eventually.get(() -> facts("INFO", "replication").get("connected_slaves"), "0"::equals);
  }

  /// Ends the process as a power cut would; what it held is gone.
  void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Has the process do nothing, with all its connections open.
  void stop() {
    signal("STOP");
  }

  /// Has a stopped process go on where it was.
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      int status = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
      if (status != 0) {
        throw new AssertionError(this + " did not get signal " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
      return RedisWire.call(access, port, command);
    } catch (IOException e) {
      throw new UncheckedIOException(this + ": " + e.getMessage(), e);
    }
  }

  /// The lines `name:value` of `CLUSTER INFO` or `INFO …`; empty while the node is away.
  Map<String, String> facts(String... command) {
    try {
      return RedisWire.call(access, port, List.of(command))
          .toString()
          .lines()
          .filter(line -> line.contains(":"))
          .map(line -> line.split(":", 2))
          .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (one, _) -> one));
    } catch (IOException away) {
      return Map.of();
    }
  }

  /// What the process has said lately, to go with a failure.
  Throwable log() {
    try {
      List<String> lines = Files.readAllLines(folder.resolve("redis.log"));
      List<String> latest = lines.subList(Math.max(0, lines.size() - 20), lines.size());
      return new Throwable(this + ":\n" + String.join("\n", latest));
    } catch (IOException e) {
      return e;
    }
  }

  private static Path write(Path folder, List<String> settings) {
    try {
      Files.createDirectories(folder);
      List<String> lines = new ArrayList<>(settings);
      lines.add("dir " + folder.toAbsolutePath());
      return Files.write(folder.resolve("redis.conf"), lines).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process launch() {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(Redirect.appendTo(folder.resolve("redis.log").toFile()))
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
