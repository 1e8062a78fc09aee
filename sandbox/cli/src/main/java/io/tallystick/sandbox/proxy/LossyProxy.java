package io.tallystick.sandbox.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Forwards connections to one address, and loses replies when asked: the request reaches the
/// server, the server's answer does not reach the client, and the connection ends.
public final class LossyProxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int BACKLOG = 64;

  /// How long the server has to stay silent before the answer counts as swallowed whole.
  private static final int SILENCE_MILLIS = 300;

  private static final int CONNECT_MILLIS = 5_000;

  private final ServerSocket listener;
  private final InetSocketAddress target;
  private final AtomicBoolean loseReplies = new AtomicBoolean();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private LossyProxy(ServerSocket listener, InetSocketAddress target) {
    this.listener = listener;
    this.target = target;
  }

  /// Starts forwarding from a free loopback port to `target`, `host:port`.
  public static LossyProxy start(String target) throws IOException {
    int colon = target.lastIndexOf(':');
    InetSocketAddress address =
        new InetSocketAddress(
            target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
    LossyProxy proxy =
        new LossyProxy(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), address);
    Thread.ofVirtual().name("lossy-proxy").start(proxy::acceptAll);
    return proxy;
  }

  /// Where to connect instead of the target, `host:port`.
  public String address() {
    return "localhost:" + listener.getLocalPort();
  }

  /// From now on the server's bytes are swallowed, until the server has answered something and
  /// fallen silent; then the connection is cut and everything is forwarded again.
  public void loseNextReply() {
    loseReplies.set(true);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    listener.close();
    open.forEach(LossyProxy::closeQuietly);
  }

  private void acceptAll() {
    while (!closed) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> forward(client));
      } catch (IOException e) {
        if (!closed) {
          System.getLogger(LossyProxy.class.getName())
              .log(System.Logger.Level.WARNING, "accepting failed", e);
        }
      }
    }
  }

  private void forward(Socket client) {
    Socket server = new Socket();
    open.add(client);
    open.add(server);
    try {
      server.connect(target, CONNECT_MILLIS);
      Thread.ofVirtual().start(() -> copyRequests(client, server));
      copyReplies(server, client);
    } catch (IOException e) {
      // Either side has gone; the other is told so below.
    } finally {
      closeQuietly(client);
      closeQuietly(server);
      open.remove(client);
      open.remove(server);
    }
  }

  private static void copyRequests(Socket client, Socket server) {
    try (client;
        server) {
      client.getInputStream().transferTo(server.getOutputStream());
    } catch (IOException e) {
      // Either side has gone; closing both tells the other.
    }
  }

  private void copyReplies(Socket server, Socket client) throws IOException {
    InputStream replies = server.getInputStream();
    OutputStream out = client.getOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    boolean swallowed = false;
    while (true) {
      int count;
      try {
        server.setSoTimeout(swallowed ? SILENCE_MILLIS : 0);
        count = replies.read(buffer);
      } catch (SocketTimeoutException e) {
        loseReplies.set(false);
        return; // Swallowed whole: cut the connection.
      }
      if (count < 0) {
        return;
      }
      if (loseReplies.get()) {
        swallowed = true;
      } else {
        out.write(buffer, 0, count);
      }
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      System.getLogger(LossyProxy.class.getName())
          .log(System.Logger.Level.DEBUG, "closing a connection", e);
    }
  }
}
