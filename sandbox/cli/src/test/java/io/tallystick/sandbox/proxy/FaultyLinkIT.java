package io.tallystick.sandbox.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.sandbox.story.Waiting;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every fault between a real client and a real server that answers each line with itself.
class FaultyLinkIT {
  /// Longer than a connection's handshake counts, so that the next answer is one.
  private static final String LONG = "x".repeat(6_000);

  private final AtomicInteger asked = new AtomicInteger();
  private ServerSocket server;
  private FaultyLink link;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
    link = FaultyLink.start("test", "localhost:" + server.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    link.close();
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> echo(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void echo(Socket socket) {
    try (socket;
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        PrintWriter out = new PrintWriter(socket.getOutputStream(), true)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        asked.incrementAndGet();
        out.println(line);
      }
    } catch (IOException gone) {
      // The client has gone.
    }
  }

  private final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    private final PrintWriter out;

    Client() throws IOException {
      String[] address = link.address().split(":");
      socket = new Socket(address[0], Integer.parseInt(address[1]));
      socket.setSoTimeout(1_500);
      in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
      out = new PrintWriter(socket.getOutputStream(), true);
    }

    /// A connection that was cut says so by an exception or, once the writer met it, by its end.
    String ask(String line) throws IOException {
      out.println(line);
      String answer = in.readLine();
      if (answer == null) {
        throw new EOFException("the connection has ended");
      }
      return answer;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void forwardsWithoutAFault() throws IOException {
    try (Client client = new Client()) {
      assertThat(client.ask("one")).isEqualTo("one");
      assertThat(client.ask("two")).isEqualTo("two");
    }
  }

  @Test
  void delaysBothDirections() throws IOException {
    try (Client client = new Client()) {
      link.set(new LinkFault.Slow(Duration.ofMillis(100)));
      long begun = System.nanoTime();
      assertThat(client.ask("slow")).isEqualTo("slow");
      assertThat(System.nanoTime() - begun).isGreaterThan(190_000_000L);
    }
  }

  @Test
  void losesRepliesThatWereMadeAndCutsWhenHealed() throws Exception {
    try (Client client = new Client()) {
      link.set(new LinkFault.LosesReplies());
      assertThatThrownBy(() -> client.ask("lost")).isInstanceOf(SocketTimeoutException.class);
      awaitMissed();
      assertThat(asked).hasValue(1);
      link.set(new LinkFault.None());
      assertThatThrownBy(() -> client.ask("after")).isInstanceOf(IOException.class);
    }
    try (Client fresh = new Client()) {
      assertThat(fresh.ask("fresh")).isEqualTo("fresh");
    }
  }

  @Test
  void forgottenConnectionStaysSilentForEver() throws Exception {
    try (Client client = new Client();
        Client spared = new Client()) {
      link.set(new LinkFault.ForgetsConnections());
      assertThatThrownBy(() -> client.ask("lost")).isInstanceOf(SocketTimeoutException.class);
      awaitMissed();
      link.set(new LinkFault.None());
      assertThatThrownBy(() -> client.ask("still")).isInstanceOf(SocketTimeoutException.class);
      assertThat(spared.ask("spared")).isEqualTo("spared");
    }
  }

  /// The server may take longer than the client is willing to wait.
  private void awaitMissed() throws Exception {
    Waiting.until(
        "the reply being lost",
        Duration.ofSeconds(10),
        () -> Optional.of(link.missing()).filter(count -> count == 1));
  }

  @Test
  void repeatsReplies() throws IOException {
    try (Client client = new Client()) {
      link.set(new LinkFault.RepeatsReplies());
      assertThat(client.ask("twice")).isEqualTo("twice");
      assertThat(client.in.readLine()).isEqualTo("twice");
    }
  }

  @Test
  void refusesAndResets() throws IOException {
    try (Client client = new Client()) {
      assertThat(client.ask("one")).isEqualTo("one");
      link.set(new LinkFault.Refuses());
      assertReset(client);
    }
    try (Client refused = new Client()) {
      assertReset(refused);
    }
    link.set(new LinkFault.None());
    try (Client again = new Client()) {
      assertThat(again.ask("again")).isEqualTo("again");
    }
  }

  @Test
  void actsInsteadOfTheNextReplyWhenTheWorkIsDone() throws IOException {
    AtomicInteger askedThen = new AtomicInteger();
    try (Client client = new Client()) {
      assertThat(client.ask(LONG)).isEqualTo(LONG);
      link.insteadOfNextReply(() -> askedThen.set(asked.get()));
      assertReset(client, "y".repeat(100));
    }
    assertThat(askedThen).hasValue(2);
    assertThat(link.forgetNextReply()).isFalse();
  }

  private static void assertReset(Client client) {
    assertReset(client, "any");
  }

  /// A reset shows as an exception or as the end, depending on who looks when.
  private static void assertReset(Client client, String line) {
    String answer;
    try {
      answer = client.ask(line);
    } catch (SocketTimeoutException silent) {
      throw new AssertionError("the connection is silent, not reset", silent);
    } catch (IOException reset) {
      return;
    }
    assertThat(answer).isNull();
  }
}
