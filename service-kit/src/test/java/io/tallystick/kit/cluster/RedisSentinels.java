package io.tallystick.kit.cluster;

import io.tallystick.kit.Eventually;
import io.tallystick.sandbox.base.FreePorts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/// A Redis primary, its replica and three sentinels, five processes of the Redis that the other
/// tests use.
public final class RedisSentinels implements AutoCloseable {
  public static final String NAME = "tallystick";

  private static final int SENTINELS = 3;

  private final List<RedisNode> servers = new ArrayList<>();
  private final List<RedisNode> sentinels = new ArrayList<>();

  private RedisSentinels() {}

  /// Starts the processes and returns when every sentinel knows all others and the replica.
  public static RedisSentinels start(Path folder, RedisAccess access) {
    RedisSentinels all = new RedisSentinels();
    try {
      Files.createDirectories(folder);
      all.launch(ExecutableProvider.newJarResourceProvider(folder.toFile()).get(), folder, access);
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException("no Redis to start", e);
    } catch (RuntimeException | AssertionError failure) {
      all.close();
      all.nodes().map(RedisNode::log).forEach(failure::addSuppressed);
      throw failure;
    }
  }

  /// Addresses of the sentinels, for `tallystick.redis.url`.
  public String urls() {
    return sentinels.stream().map(RedisNode::url).collect(Collectors.joining(","));
  }

  /// The server that most sentinels hold for the primary.
  public RedisNode primary() {
    return servers.stream().filter(this::isAgreedOn).findFirst().orElseThrow();
  }

  /// Kills the primary and returns when its replica has taken over.
  public void kill(RedisNode primary) {
    primary.kill();
    awaitOtherThan(primary);
  }

  /// Has the primary say nothing more, without closing a connection, and returns when its replica
  /// has taken over.
  public void hang(RedisNode primary) {
    primary.stop();
    awaitOtherThan(primary);
  }

  /// Starts a killed server again, without data, as the primary that it was.
  public void restart(RedisNode server) {
    server.restart();
  }

  /// Waits until the sentinels have made a server that is back the replica of who took over.
  public void awaitReplica(RedisNode server) {
    Eventually.isTrue(server::isLinkedReplica);
  }

  @Override
  public void close() {
    nodes().forEach(RedisNode::kill);
  }

  private Stream<RedisNode> nodes() {
    return Stream.of(sentinels, servers).flatMap(List::stream);
  }

  private void launch(File program, Path folder, RedisAccess access) {
    List<Integer> ports = FreePorts.take(2 + SENTINELS);
    int primary = ports.get(0);
    servers.add(RedisNode.server(program, folder.resolve("one"), primary, access, List.of()));
    List<String> following = List.of("replicaof 127.0.0.1 " + primary);
    servers.add(
        RedisNode.server(program, folder.resolve("other"), ports.get(1), access, following));
    Eventually.isTrue(servers.get(1)::isLinkedReplica);
    for (int port : ports.subList(2, ports.size())) {
      Path its = folder.resolve("sentinel-" + port);
      sentinels.add(RedisNode.sentinel(program, its, port, access, watching(primary)));
    }
    sentinels.forEach(sentinel -> Eventually.isTrue(() -> knowsAll(sentinel)));
  }

  private static List<String> watching(int primary) {
    return List.of(
        "sentinel monitor " + NAME + " 127.0.0.1 " + primary + " 2",
        "sentinel auth-pass " + NAME + " " + RedisAccess.PASSWORD,
        "sentinel sentinel-pass " + RedisAccess.PASSWORD,
        // A server that says nothing for so long is taken for failed.
        "sentinel down-after-milliseconds " + NAME + " 1500",
        "sentinel failover-timeout " + NAME + " 6000");
  }

  private static boolean knowsAll(RedisNode sentinel) {
    return told(sentinel, "SENTINELS").size() == SENTINELS - 1
        && told(sentinel, "REPLICAS").size() == 1;
  }

  private static List<?> told(RedisNode sentinel, String what) {
    try {
      return (List<?>) sentinel.call("SENTINEL", what, NAME);
    } catch (UncheckedIOException notYet) {
      return List.of();
    }
  }

  private void awaitOtherThan(RedisNode primary) {
    RedisNode other =
        servers.stream().filter(server -> server != primary).findFirst().orElseThrow();
    Eventually.isTrue(() -> isAgreedOn(other) && other.isPrimary());
  }

  private boolean isAgreedOn(RedisNode server) {
    String port = Integer.toString(server.port());
    long agreeing =
        sentinels.stream()
            .map(sentinel -> told(sentinel, "GET-MASTER-ADDR-BY-NAME"))
            .filter(address -> address.contains(port))
            .count();
    return agreeing > SENTINELS / 2;
  }
}
