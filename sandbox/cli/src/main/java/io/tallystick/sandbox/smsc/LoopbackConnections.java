package io.tallystick.sandbox.smsc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jsmpp.session.connection.ServerConnection;
import org.jsmpp.session.connection.ServerConnectionFactory;
import org.jsmpp.session.connection.socket.ServerSocketConnection;

/// Listens for callers on this machine only; the library's own factory listens on every address.
final class LoopbackConnections implements ServerConnectionFactory {
  private static final int BACKLOG = 50;

  @Override
  public ServerConnection listen(int port) throws IOException {
    return listen(port, 0);
  }

  @Override
  public ServerConnection listen(int port, int timeoutMillis) throws IOException {
    return listen(port, timeoutMillis, BACKLOG);
  }

  @Override
  public ServerConnection listen(int port, int timeoutMillis, int backlog) throws IOException {
    ServerSocket socket = new ServerSocket(port, backlog, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(timeoutMillis);
    return new ServerSocketConnection(socket);
  }
}
