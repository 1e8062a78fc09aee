package io.tallystick.sandbox.smsc;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;

/// A running SMS centre: SMPP on one loopback port, the phones' screens on another.
///
/// `GET /phones/{number}/messages?after=N` answers a JSON array of the messages newer than N.
public final class SmsCentre implements AutoCloseable {
  private static final int BIND_TIMEOUT_MILLIS = 5_000;
  private static final int MAX_SESSIONS = 32;

  private final String systemId;
  private final String password;
  private final Clock clock;
  private final Phones phones = new Phones();
  private final SMPPServerSessionListener listener;
  private final HttpServer screens;
  private final List<SMPPServerSession> sessions = new ArrayList<>();
  private volatile boolean closed;

  private SmsCentre(int smppPort, int httpPort, String systemId, String password, Clock clock)
      throws IOException {
    this.systemId = systemId;
    this.password = password;
    this.clock = clock;
    this.listener = new SMPPServerSessionListener(smppPort, new LoopbackConnections());
    this.screens =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), httpPort), 16);
  }

  /// Starts a centre that lets `systemId` bind with `password`.
  public static SmsCentre start(
      int smppPort, int httpPort, String systemId, String password, Clock clock)
      throws IOException {
    SmsCentre centre = new SmsCentre(smppPort, httpPort, systemId, password, clock);
    Thread.ofVirtual().name("sms-centre-accept").start(centre::acceptSessions);
    centre.screens.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    centre.screens.createContext("/phones/", centre::showScreen);
    centre.screens.start();
    return centre;
  }

  /// The screens of the phones.
  public Phones phones() {
    return phones;
  }

  /// Base address of the phones' screens.
  public URI screenAddress() {
    return URI.create("http://127.0.0.1:" + screens.getAddress().getPort());
  }

  @Override
  public void close() {
    closed = true;
    screens.stop(0);
    try {
      listener.close();
    } catch (IOException e) {
      System.getLogger(SmsCentre.class.getName())
          .log(System.Logger.Level.DEBUG, "closing the SMPP port", e);
    }
    synchronized (sessions) {
      sessions.forEach(SMPPServerSession::unbindAndClose);
    }
  }

  private void acceptSessions() {
    while (!closed) {
      try {
        SMPPServerSession session = listener.accept();
        Thread.ofVirtual().name("sms-centre-bind").start(() -> bind(session));
      } catch (IOException e) {
        if (!closed) {
          System.getLogger(SmsCentre.class.getName())
              .log(System.Logger.Level.WARNING, "an SMPP connection failed", e);
        }
      }
    }
  }

  private void bind(SMPPServerSession session) {
    try {
      BindRequest request = session.waitForBind(BIND_TIMEOUT_MILLIS);
      if (!request.getSystemId().equals(systemId) || !request.getPassword().equals(password)) {
        request.reject(SMPPConstant.STAT_ESME_RINVPASWD);
        return;
      }
      synchronized (sessions) {
        sessions.removeIf(earlier -> !earlier.getSessionState().isBound());
        if (sessions.size() >= MAX_SESSIONS) {
          request.reject(SMPPConstant.STAT_ESME_RTHROTTLED);
          return;
        }
        sessions.add(session);
      }
      session.setMessageReceiverListener(new MessageReceiver(phones, clock));
      request.accept("tallystick-smsc");
    } catch (IOException | TimeoutException | PDUStringException | IllegalStateException e) {
      System.getLogger(SmsCentre.class.getName())
          .log(System.Logger.Level.INFO, "an SMPP client did not bind: " + e.getMessage());
      session.close();
    }
  }

  private void showScreen(HttpExchange exchange) throws IOException {
    try (exchange) {
      String[] path = exchange.getRequestURI().getPath().split("/");
      boolean known = path.length == 4 && path[3].equals("messages");
      String after = query(exchange).getOrDefault("after", "0");
      if (!known || !exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(404, -1);
      } else if (!after.matches("[0-9]{1,18}")) {
        exchange.sendResponseHeaders(400, -1);
      } else {
        showScreen(exchange, path[2].replaceFirst("^\\+", ""), Long.parseLong(after));
      }
    }
  }

  private void showScreen(HttpExchange exchange, String number, long after) throws IOException {
    byte[] body =
        new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .writeValueAsBytes(
                phones.messages(number, after).stream().map(SmsCentre::document).toList());
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private static Map<String, Object> document(Phones.Message message) {
    return Map.of(
        "number", message.number(),
        "receivedAt", message.receivedAt().toString(),
        "from", message.from(),
        "to", message.to(),
        "text", message.text());
  }

  private static Map<String, String> query(HttpExchange exchange) {
    String raw = exchange.getRequestURI().getRawQuery();
    if (raw == null) {
      return Map.of();
    }
    return Arrays.stream(raw.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, _) -> first));
  }
}
