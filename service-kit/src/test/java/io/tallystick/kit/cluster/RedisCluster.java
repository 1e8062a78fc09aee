package io.tallystick.kit.cluster;

import io.tallystick.kit.Eventually;
import io.tallystick.sandbox.base.FreePorts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import redis.embedded.core.ExecutableProvider;

/// A Redis Cluster of six processes, three primaries with one replica each, of the Redis that the
/// other tests use.
public final class RedisCluster implements AutoCloseable {
  private static final int PRIMARIES = 3;
  private static final int NODES = 2 * PRIMARIES;
  private static final int SLOTS = 16_384;

  /// Nodes talk to one another on their port plus this; Redis 6.2 has no setting for it.
  private static final int BUS_OFFSET = 10_000;

  /// From here on the operating system gives ports to outgoing connections.
  private static final int EPHEMERAL = 32_768;

  private static final List<String> SETTINGS =
      List.of(
          "cluster-enabled yes",
          "tls-cluster yes",
          // A node that says nothing for so long is taken for failed.
          "cluster-node-timeout 1500",
          // A replica may take over however long it has heard nothing: losing is what is tested.
          "cluster-replica-validity-factor 0");

  private final List<RedisNode> nodes;

  private RedisCluster(List<RedisNode> nodes) {
    this.nodes = nodes;
  }

  /// Starts the processes and returns when all of them agree that the cluster is complete.
  public static RedisCluster start(Path folder, RedisAccess access) {
    try {
      Files.createDirectories(folder);
      File program = ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
      List<RedisNode> nodes = new ArrayList<>();
      for (int port : ports()) {
        nodes.add(
            RedisNode.server(program, folder.resolve("node-" + port), port, access, SETTINGS));
      }
      RedisCluster cluster = new RedisCluster(List.copyOf(nodes));
      try {
        cluster.form();
      } catch (RuntimeException | AssertionError failure) {
        cluster.close();
        throw failure;
      }
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException("no Redis to start", e);
    }
  }

  /// Addresses of all nodes, for `tallystick.redis.url`.
  public String urls() {
    return nodes.stream().map(RedisNode::url).collect(Collectors.joining(","));
  }

  /// The node that serves a key at present, as the nodes that run see it.
  public RedisNode primaryOf(String key) {
    RedisNode witness = nodes.stream().filter(RedisNode::running).findFirst().orElseThrow();
    long slot = (Long) witness.call("CLUSTER", "KEYSLOT", key);
    for (Object range : (List<?>) witness.call("CLUSTER", "SLOTS")) {
      List<?> fields = (List<?>) range;
      if ((Long) fields.get(0) <= slot && slot <= (Long) fields.get(1)) {
        long port = (Long) ((List<?>) fields.get(2)).get(1);
        return nodes.stream().filter(node -> node.port() == port).findFirst().orElseThrow();
      }
    }
    throw new AssertionError("nobody serves " + key);
  }

  /// Kills a primary and returns when its replica has taken over.
  public void kill(RedisNode primary) {
    primary.kill();
    Eventually.isTrue(() -> count(RedisNode::isPrimary) == PRIMARIES);
  }

  /// Starts a killed node again, without data, and returns when it follows whoever took over.
  public void restart(RedisNode node) {
    node.restart();
    awaitComplete();
  }

  @Override
  public void close() {
    nodes.forEach(RedisNode::kill);
  }

  private void form() {
    nodes.forEach(node -> Eventually.isTrue(() -> !node.facts("CLUSTER", "INFO").isEmpty()));
    for (int i = 0; i < NODES; i++) {
      nodes.get(i).call("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
    }
    for (int i = 0; i < PRIMARIES; i++) {
      nodes.get(i).call(slots(i * SLOTS / PRIMARIES, (i + 1) * SLOTS / PRIMARIES));
    }
    RedisNode first = nodes.getFirst();
    nodes.stream()
        .skip(1)
        .forEach(node -> node.call("CLUSTER", "MEET", "127.0.0.1", "" + first.port()));
    nodes.forEach(node ->
        Eventually.get(
            () -> node.facts("CLUSTER", "INFO"),
            facts ->
                "ok".equals(facts.get("cluster_state"))
                    && Integer.toString(NODES).equals(facts.get("cluster_known_nodes"))));
    for (int i = 0; i < PRIMARIES; i++) {
      String id = nodes.get(i).call("CLUSTER", "MYID").toString();
      nodes.get(i + PRIMARIES).call("CLUSTER", "REPLICATE", id);
    }
    awaitComplete();
  }

  private static List<String> slots(int from, int to) {
    List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
    IntStream.range(from, to).forEach(slot -> command.add(Integer.toString(slot)));
    return command;
  }

  private void awaitComplete() {
    Eventually.isTrue(() ->
        count(RedisNode::isPrimary) == PRIMARIES
            && count(RedisNode::isLinkedReplica) == NODES - PRIMARIES);
  }

  /// Running nodes that hold the cluster for complete and are as given.
  private long count(Predicate<RedisNode> wanted) {
    return nodes.stream()
        .filter(RedisNode::running)
        .filter(node -> "ok".equals(node.facts("CLUSTER", "INFO").get("cluster_state")))
        .filter(wanted)
        .count();
  }

  /// Ports that are free, and whose bus ports are.
  private static List<Integer> ports() {
    List<Integer> ports = new ArrayList<>();
    while (ports.size() < NODES) {
      FreePorts.take(64).stream()
          .filter(port -> port + BUS_OFFSET < EPHEMERAL && !ports.contains(port))
          .filter(port -> free(port + BUS_OFFSET))
          .limit(NODES - ports.size())
          .forEach(ports::add);
    }
    return ports;
  }

  private static boolean free(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
