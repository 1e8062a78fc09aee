package io.tallystick.sandbox.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The way between two parts, as a TCP proxy that can be told to do harm. It knows nothing of what
/// goes through it.
public final class FaultyLink implements AutoCloseable {
  private static final int BACKLOG = 256;
  private static final int CONNECT_MILLIS = 5_000;

  private final String name;
  private final ServerSocket listener;
  private final InetSocketAddress target;
  private final Set<LinkConnection> open = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Runnable> onNextReply = new AtomicReference<>();
  private volatile LinkFault fault = new LinkFault.None();
  private volatile boolean closed;

  private FaultyLink(String name, ServerSocket listener, InetSocketAddress target) {
    this.name = name;
    this.listener = listener;
    this.target = target;
  }

  /// Starts forwarding from a free loopback port.
  ///
  /// @param name for messages
  /// @param target `host:port`; nobody need listen there yet
  public static FaultyLink start(String name, String target) {
    int colon = target.lastIndexOf(':');
    InetSocketAddress address =
        new InetSocketAddress(
            target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
    try {
      FaultyLink link =
          new FaultyLink(
              name, new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), address);
      Thread.ofVirtual().name("link-" + name).start(link::acceptAll);
      return link;
    } catch (IOException e) {
      throw new UncheckedIOException("no port for the link " + name, e);
    }
  }

  /// Which two parts it is between.
  public String name() {
    return name;
  }

  /// Where to connect instead of the target, `localhost:port`.
  public String address() {
    return "localhost:" + listener.getLocalPort();
  }

  /// From now on this is done to everything that goes through, also on connections that exist.
  public void set(LinkFault next) {
    fault = next;
    if (next instanceof LinkFault.Refuses) {
      reset();
    }
    if (next instanceof LinkFault.None) {
      open.stream().filter(LinkConnection::missedSomething).forEach(LinkConnection::reset);
    }
  }

  /// Cuts all connections, as a router that restarts: both sides read a reset.
  public void reset() {
    open.forEach(LinkConnection::reset);
  }

  /// The next reply on a connection in use is swallowed: `action` runs instead, once, and the
  /// connection is reset. So something can happen after the server has done its work and before
  /// anybody knows.
  public void insteadOfNextReply(Runnable action) {
    onNextReply.set(action);
  }

  /// Nothing happens instead of the next reply after all.
  ///
  /// @return whether it has not happened yet
  public boolean forgetNextReply() {
    return onNextReply.getAndSet(null) != null;
  }

  LinkFault fault() {
    return fault;
  }

  /// How many open connections have missed a reply.
  int missing() {
    return (int) open.stream().filter(LinkConnection::missedAnything).count();
  }

  @Nullable Runnable takeActionInsteadOfReply() {
    return onNextReply.getAndSet(null);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    listener.close();
    reset();
  }

  private void acceptAll() {
    while (!closed) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> forward(client));
      } catch (IOException e) {
        if (!closed) {
          System.getLogger(FaultyLink.class.getName())
              .log(System.Logger.Level.WARNING, "accepting failed on " + name, e);
        }
      }
    }
  }

  private void forward(Socket client) {
    Socket server = new Socket();
    LinkConnection connection = new LinkConnection(this, client, server);
    open.add(connection);
    try {
      if (!(fault instanceof LinkFault.Refuses)) {
        server.connect(target, CONNECT_MILLIS);
        connection.forward();
      }
    } catch (IOException e) {
      // Either side has gone; the reset below tells the other.
    } finally {
      connection.reset();
      open.remove(connection);
    }
  }
}
