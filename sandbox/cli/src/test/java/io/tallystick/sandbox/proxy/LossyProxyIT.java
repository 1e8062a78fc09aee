package io.tallystick.sandbox.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LossyProxyIT {
  @Test
  void losesOneReplyAfterTheServerDidItsWork() throws Exception {
    AtomicInteger handled = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext(
        "/",
        exchange -> {
          handled.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try (LossyProxy proxy = LossyProxy.start("localhost:" + server.getAddress().getPort());
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + proxy.address() + "/"))
              .POST(HttpRequest.BodyPublishers.ofString("pay"))
              .build();
      assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
      proxy.loseNextReply();
      assertThatThrownBy(() -> client.send(request, BodyHandlers.discarding()))
          .isInstanceOf(IOException.class);
      assertThat(handled).hasValue(2);
      assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
      assertThat(handled).hasValue(3);
    } finally {
      server.stop(0);
    }
  }
}
