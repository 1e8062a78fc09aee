package io.tallystick.sandbox.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/// One connection through a [FaultyLink]: two pumps that look at the link's fault before each
/// piece.
final class LinkConnection {
  private static final int BUFFER_BYTES = 16 * 1024;

  /// A connection that has carried this much back is past its handshake, so the next piece answers
  /// something.
  private static final long HANDSHAKE_BYTES = 4_096;

  /// Shorter pieces are the transport's own talk, such as HTTP/2's pings and window updates, not an
  /// answer to a call.
  private static final int LEAST_ANSWER_BYTES = 80;

  private final FaultyLink link;
  private final Socket client;
  private final Socket server;
  private volatile boolean missed;
  private volatile boolean forgotten;

  LinkConnection(FaultyLink link, Socket client, Socket server) {
    this.link = link;
    this.client = client;
    this.server = server;
  }

  boolean missedAnything() {
    return missed;
  }

  /// Whether bytes were swallowed and both sides may learn of it.
  boolean missedSomething() {
    return missed && !forgotten;
  }

  /// Forwards until one side ends.
  void forward() throws IOException {
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    Thread.ofVirtual().start(this::pumpRequests);
    pumpReplies();
  }

  /// Ends both sides at once; what is under way is lost.
  void reset() {
    for (Socket socket : new Socket[] {client, server}) {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException e) {
        System.getLogger(LinkConnection.class.getName())
            .log(System.Logger.Level.DEBUG, "closing a connection", e);
      }
    }
  }

  private void pumpRequests() {
    try {
      InputStream requests = client.getInputStream();
      OutputStream out = server.getOutputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = requests.read(buffer); count >= 0; count = requests.read(buffer)) {
        if (!forgotten) {
          delay();
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException e) {
      // Either side has gone; the reset tells the other.
    } finally {
      reset();
    }
  }

  private void pumpReplies() throws IOException {
    InputStream replies = server.getInputStream();
    OutputStream out = client.getOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    long carried = 0;
    for (int count = replies.read(buffer); count >= 0; count = replies.read(buffer)) {
      boolean answer = carried > HANDSHAKE_BYTES && count >= LEAST_ANSWER_BYTES;
      Runnable instead = answer ? link.takeActionInsteadOfReply() : null;
      if (instead != null) {
        instead.run();
        return;
      }
      carried += count;
      reply(out, buffer, count);
    }
  }

  private void reply(OutputStream out, byte[] buffer, int count) throws IOException {
    if (missed) {
      if (link.fault() instanceof LinkFault.None && !forgotten) {
        throw new IOException("a reply is missing");
      }
      return;
    }
    switch (link.fault()) {
      case LinkFault.LosesReplies _ -> missed = true;
      case LinkFault.ForgetsConnections _ -> {
        forgotten = true;
        missed = true;
      }
      case LinkFault.RepeatsReplies _ -> {
        out.write(buffer, 0, count);
        out.write(buffer, 0, count);
      }
      case LinkFault.Slow _ -> {
        delay();
        out.write(buffer, 0, count);
      }
      case LinkFault.None _, LinkFault.Refuses _ -> out.write(buffer, 0, count);
    }
  }

  private void delay() throws IOException {
    if (link.fault() instanceof LinkFault.Slow(Duration each)) {
      try {
        Thread.sleep(each);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  @Override
  public String toString() {
    return link.name() + (missed ? " (missed replies)" : "");
  }
}
