package io.tallystick.sandbox.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.embedded.RedisServer;

/// One embedded Redis 6.2 on the loopback address. It keeps nothing on disk: stopping it loses all
/// it held, which is what Tallystick must live with.
public final class RedisStore implements AutoCloseable {
  private final Path folder;
  private final int port;
  private RedisServer server;

  private RedisStore(Path folder, int port, RedisServer server) {
    this.folder = folder;
    this.port = port;
    this.server = server;
  }

  static RedisStore start(Path folder, int port) {
    int chosen = port == 0 ? FreePorts.one() : port;
    return new RedisStore(folder, chosen, launch(folder, chosen));
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  public synchronized boolean running() {
    return server.isActive();
  }

  /// Stops the server; everything in it is gone.
  public synchronized void stop() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException("Redis did not stop", e);
    }
  }

  /// Starts an empty server on the same port.
  public synchronized void restart() {
    stop();
    server = launch(folder, port);
  }

  @Override
  public void close() {
    if (running()) {
      stop();
    }
  }

  private static RedisServer launch(Path folder, int port) {
    try {
      Files.createDirectories(folder);
      RedisServer server =
          RedisServer.newRedisServer()
              .port(port)
              .bind("127.0.0.1")
              .setting("dir " + folder.toAbsolutePath())
              .setting("save \"\"")
              .setting("appendonly no")
              .setting("maxmemory-policy noeviction")
              .onShutdownForceStop(true)
              .build();
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("Redis did not start on port " + port, e);
    }
  }
}
