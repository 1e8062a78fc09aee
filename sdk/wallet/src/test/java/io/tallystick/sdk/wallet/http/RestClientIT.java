package io.tallystick.sdk.wallet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import io.tallystick.sdk.wallet.http.ScriptedServer.Asked;
import io.tallystick.sdk.wallet.http.ScriptedServer.Reply;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestClientIT {
  private static final RetryPolicy QUICK =
      new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(5));

  private ScriptedServer server;
  private RestClient client;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    client =
        RestClient.of(JdkHttpTransport.create(), server.base(), () -> "token-1").retrying(QUICK);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sendsTheTokenAndTheBody() {
    server.then(Reply.json(200, "{\"a\":1}"));
    JsonObject body = new JsonObject();
    body.addProperty("x", "ü");

    assertThat(client.post("/v1/things", body).getAsJsonObject().get("a").getAsInt()).isEqualTo(1);
    Asked asked = server.asked().get(0);
    assertThat(asked.headers()).containsEntry("Authorization", "Bearer token-1");
    assertThat(asked.body()).isEqualTo("{\"x\":\"ü\"}");
  }

  @Test
  void repeatsWithTheSameKeyAndBody() {
    server.then(Reply.cut()).then(Reply.json(503, "{}")).then(Reply.json(201, "{}"));
    JsonObject body = new JsonObject();
    body.addProperty("x", 1);
    client.post("/v1/things", body, IdempotencyKey.of("key-1"));

    assertThat(server.asked()).hasSize(3);
    assertThat(server.asked())
        .allSatisfy(asked -> {
          assertThat(asked.headers()).containsEntry("Idempotency-Key", "key-1");
          assertThat(asked.body()).isEqualTo("{\"x\":1}");
        });
  }

  @Test
  void doesNotRepeatAPostWithoutAKey() {
    server.then(Reply.cut());
    assertThatThrownBy(() -> client.post("/v1/things", new JsonObject()))
        .isInstanceOf(UnreachableException.class);
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void givesUpAfterItsAttemptsAndSaysWhere() {
    assertThatThrownBy(() -> client.get("/v1/things?secret=1"))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("GET " + server.base() + "/v1/things:")
        .hasMessageNotContaining("secret");
    assertThat(server.asked()).hasSize(3);
  }

  @Test
  void sortsProblemsByWhatTheyMean() {
    Map<Integer, Class<? extends ProblemException>> kinds =
        Map.of(
            400, ProblemException.Rejected.class,
            401, ProblemException.Unauthorised.class,
            403, ProblemException.Unauthorised.class,
            404, ProblemException.NotFound.class,
            409, ProblemException.Conflict.class,
            422, ProblemException.Rejected.class,
            423, ProblemException.Conflict.class,
            429, ProblemException.TooMany.class);
    kinds.forEach((status, kind) -> {
      server.then(Reply.problem(status, "some-name", "Because."));
      ProblemException problem =
          catchThrowableOfType(ProblemException.class, () -> client.get("/v1/things"));
      assertThat(problem).isInstanceOf(kind);
      assertThat(problem.name()).isEqualTo("some-name");
      assertThat(problem.status()).isEqualTo(status);
      assertThat(problem.member("attemptsLeft")).contains("3");
      assertThat(problem).hasMessage("Because. (some-name)");
    });
    // A problem is an answer: it is not asked for twice.
    assertThat(server.asked()).hasSize(kinds.size());
  }

  @Test
  void tellsWhenToTryAgain() {
    server.then(Reply.problem(429, "sms-too-soon", "Wait.").with("Retry-After", "17"));
    ProblemException.TooMany problem =
        catchThrowableOfType(ProblemException.TooMany.class, () -> client.get("/v1/things"));
    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(17));
  }

  @Test
  void answersRefusalsThatAreNoProblemByTheirStatus() {
    server.then(new Reply(404, Map.of("Content-Type", "text/html"), "<p>no</p>"));
    ProblemException problem =
        catchThrowableOfType(ProblemException.NotFound.class, () -> client.get("/v1/things"));
    assertThat(problem.name()).isEqualTo("status-404");
  }

  @Test
  void refusesAnswersThatAreTooLong() {
    server.then(Reply.json(200, "\"" + "x".repeat(HttpReply.MAX_BODY_LENGTH) + "\""));
    server.then(Reply.json(200, "{}"));
    // The long one counts as no answer, so it is asked for again.
    assertThat(client.get("/v1/things").isJsonObject()).isTrue();
  }

  @Test
  void readsServerSentEvents() {
    server.then(
        new Reply(
            200,
            Map.of("Content-Type", "text/event-stream"),
            ": hello\n\nid: 17\nevent: item\ndata: {\"id\":\ndata: 17}\n\n"
                + "data:bare\r\n\r\nid: 18\nevent: item\n\nevent: item\ndata: cut off"));
    try (EventStream events = client.events("/v1/inbox/stream", "16")) {
      assertThat(events.next()).contains(new EventStream.Event("17", "item", "{\"id\":\n17}"));
      assertThat(events.next()).contains(new EventStream.Event("17", "message", "bare"));
      assertThat(events.next()).isEqualTo(Optional.empty());
    }
    assertThat(server.asked().get(0).headers())
        .containsEntry("Last-Event-ID", "16")
        .containsEntry("Accept", "text/event-stream");
  }

  @Test
  void tellsAProblemInsteadOfAStream() {
    server.then(Reply.problem(429, "too-many-streams", "Four."));
    assertThatThrownBy(() -> client.events("/v1/inbox/stream", null))
        .isInstanceOf(ProblemException.TooMany.class)
        .hasMessage("Four. (too-many-streams)");
  }

  @Test
  void timesOutWhenTheBodyStalls() throws IOException {
    try (ServerSocket stalling = new ServerSocket(0)) {
      Thread peer =
          new Thread(() -> {
            try (var socket = stalling.accept()) {
              socket
                  .getOutputStream()
                  .write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{".getBytes());
              socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException closed) {
              // The client gave up and closed, which is what the test is about.
              Thread.currentThread().interrupt();
            }
          });
      peer.setDaemon(true);
      peer.start();
      RestClient impatient =
          RestClient.of(
                  JdkHttpTransport.create(),
                  URI.create("http://127.0.0.1:" + stalling.getLocalPort()),
                  () -> "t")
              .retrying(RetryPolicy.NONE)
              .within(Duration.ofMillis(300));
      assertThatThrownBy(() -> impatient.get("/"))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("PT0.3S");
    }
  }
}
