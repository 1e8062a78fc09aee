package io.tallystick.sdk.terminal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sdk.terminal.UnreachableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyConnectionIT {
  /** In this time gRPC alone tries five times at most: after 1, 1.6, 2.6 and 4.1 seconds. */
  private static final Duration LIMIT = Duration.ofSeconds(12);

  private static final int TRIES = 8;

  @TempDir Path folder;

  @Test
  void triesToConnectWheneverACashierAsks() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    try (ServerSocket away = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      new Thread(() -> closeAll(away, tries), "away").start();
      DevCa authority = DevCa.open(folder);
      DevCa.Credentials terminal = authority.terminal("shop-1", "till-1");
      try (VerifyConnection connection =
          VerifyConnection.open(
              "localhost:" + away.getLocalPort(),
              authority.certificateFile(),
              terminal.certificate(),
              terminal.key())) {
        CodePayments payments = new CodePayments(connection, Clock.systemUTC());
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (tries.get() < TRIES && System.nanoTime() < deadline) {
          assertThatThrownBy(() -> payments.query("order-1"))
              .isInstanceOf(UnreachableException.class);
          Thread.sleep(50);
        }
      }
    }
    assertThat(tries.get()).isGreaterThanOrEqualTo(TRIES);
  }

  /** A port where somebody listens and nobody answers. */
  private static void closeAll(ServerSocket away, AtomicInteger tries) {
    while (!away.isClosed()) {
      try {
        away.accept().close();
        tries.incrementAndGet();
      } catch (IOException closed) {
        return;
      }
    }
  }
}
