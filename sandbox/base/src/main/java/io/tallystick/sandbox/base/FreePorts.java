package io.tallystick.sandbox.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Finds loopback ports that nothing listens on, below those that the operating system gives to
/// outgoing connections: one of those could be taken by any connection that is opened before the
/// port is listened on.
///
/// All ports of one call are held open until the last is known, so they differ. Another process may
/// still take one before it is used; a start that finds its port taken asks again.
public final class FreePorts {
  private static final int MOST = 64;

  /// Linux gives 32768 and above to outgoing connections, other systems 49152 and above.
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_767;
  private static final int TRIES = 1_000;

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
        ServerSocket socket = listen();
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

  private static ServerSocket listen() throws IOException {
    for (int tried = 1; ; tried++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
      try {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      } catch (BindException taken) {
        if (tried == TRIES) {
          throw taken;
        }
      }
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
