package io.tallystick.kit.limit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.TallystickTestResource;
import io.tallystick.sandbox.base.TestPlatform;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Callers that begin and never go on take neither a thread nor, for long, a connection.
@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "risk"))
class SlowClientsIT {
  private static final int MANY = 200;
  private static final int LONGEST_WAIT_MILLIS = 15_000;

  TestPlatform platform;

  @ConfigProperty(name = "tallystick.http.port")
  int httpPort;

  @ConfigProperty(name = "tallystick.grpc.port")
  int grpcPort;

  private final List<Socket> slow = new ArrayList<>();

  @AfterEach
  void hangUp() throws IOException {
    for (Socket socket : slow) {
      socket.close();
    }
  }

  @Test
  void halfARequestHoldsUpNobodyAndIsCutOff() throws Exception {
    SSLContext trusting = trusting();
    for (int i = 0; i < MANY; i++) {
      SSLSocket socket =
          (SSLSocket)
              trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), httpPort);
      slow.add(socket);
      socket
          .getOutputStream()
          .write("POST /v1/things HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    }
    given()
        .baseUri("https://localhost:" + httpPort)
        .trustStore(platform.ca().trustStoreFile().toFile(), DevCa.TRUST_STORE_PASSWORD)
        .get("/q/health/live")
        .then()
        .statusCode(200);
    assertAllCutOff();
  }

  @Test
  void connectionsWithoutAHandshakeHoldUpNobodyAndAreCutOff() throws Exception {
    for (int i = 0; i < MANY; i++) {
      slow.add(new Socket(InetAddress.getLoopbackAddress(), grpcPort));
    }
    ManagedChannel channel =
        Grpc.newChannelBuilder(
                "localhost:" + grpcPort,
                TlsChannelCredentials.newBuilder()
                    .keyManager(
                        platform.ca().service("verify").certificate().toFile(),
                        platform.ca().service("verify").key().toFile())
                    .trustManager(platform.ca().certificateFile().toFile())
                    .build())
            .build();
    try {
      assertThat(
              HealthGrpc.newBlockingStub(channel)
                  .withDeadlineAfter(10, TimeUnit.SECONDS)
                  .check(HealthCheckRequest.getDefaultInstance())
                  .getStatus())
          .isEqualTo(ServingStatus.SERVING);
    } finally {
      channel.shutdownNow();
    }
    assertAllCutOff();
  }

  /// The server ends each of them; reading one that it keeps open would time out.
  private void assertAllCutOff() throws IOException {
    for (Socket socket : slow) {
      socket.setSoTimeout(LONGEST_WAIT_MILLIS);
      InputStream in = socket.getInputStream();
      try {
        while (in.read() >= 0) {
          // What it says before the end doesn't matter.
        }
      } catch (SocketException | SSLException cutOff) {
        assertThat(cutOff).isNotInstanceOf(SocketTimeoutException.class);
      }
    }
  }

  private SSLContext trusting() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(platform.ca().trustStoreFile())) {
      store.load(in, DevCa.TRUST_STORE_PASSWORD.toCharArray());
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
