package io.tallystick.sandbox.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Asks the operating system for loopback ports that nothing listens on.
///
/// All ports of one call are held open until the last is known, so they differ. Another process may
/// still take one before it is used; a start that finds its port taken asks again.
public final class FreePorts {
  private static final int MOST = 64;

  private FreePorts() {}

  public static int one() {
    return take(1).getFirst();
  }

  /// @param count how many, 1 to 64
  public static List<Integer> take(int count) {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("count is not within 1.." + MOST + ": " + count);
    }
    List<ServerSocket> held = new ArrayList<>();
    try {
      List<Integer> ports = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        ports.add(socket.getLocalPort());
      }
      return List.copyOf(ports);
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    } finally {
      held.forEach(FreePorts::close);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
