package io.tallystick.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What stands before the replicas of a service for wallets and terminals: each connection goes to
/// the next replica that takes it, and stays with it. It passes TLS through and knows nothing of
/// readiness, so it is less than a cluster has.
final class Balancer implements AutoCloseable {
  private static final int BACKLOG = 256;
  private static final int CONNECT_MILLIS = 2_000;

  private final List<InetSocketAddress> replicas;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private int next;

  private Balancer(List<InetSocketAddress> replicas, ServerSocket listener) {
    this.replicas = List.copyOf(replicas);
    this.listener = listener;
  }

  static Balancer before(List<InetSocketAddress> replicas) {
    try {
      Balancer balancer =
          new Balancer(replicas, new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().start(balancer::acceptAll);
      return balancer;
    } catch (IOException e) {
      throw new UncheckedIOException("no port for a balancer", e);
    }
  }

  /// `localhost:port`.
  String address() {
    return "localhost:" + listener.getLocalPort();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket client = listener.accept();
        int first = next++;
        Thread.ofVirtual().start(() -> forward(client, first));
      }
    } catch (IOException closed) {
      open.forEach(Balancer::close);
    }
  }

  private void forward(Socket client, int first) {
    open.add(client);
    try (client;
        Socket server = connect(first)) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      open.add(server);
      Thread requests = Thread.ofVirtual().start(() -> pump(client, server));
      pump(server, client);
      requests.join();
      open.remove(server);
    } catch (IOException e) {
      // No replica takes it: the caller sees its connection closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private Socket connect(int first) throws IOException {
    IOException refused = new IOException("there are no replicas");
    for (int tried = 0; tried < replicas.size(); tried++) {
      Socket server = new Socket();
      try {
        server.connect(replicas.get((first + tried) % replicas.size()), CONNECT_MILLIS);
        return server;
      } catch (IOException e) {
        server.close();
        refused = e;
      }
    }
    throw refused;
  }

  /// Until one side ends; what it sent before still arrives.
  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException gone) {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
