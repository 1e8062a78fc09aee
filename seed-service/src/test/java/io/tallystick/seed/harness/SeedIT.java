package io.tallystick.seed.harness;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.tallystick.api.seed.v1.CheckCodeRequest;
import io.tallystick.api.seed.v1.CheckCodeResponse;
import io.tallystick.api.seed.v1.SeedAdminServiceGrpc;
import io.tallystick.api.seed.v1.SeedAdminServiceGrpc.SeedAdminServiceBlockingStub;
import io.tallystick.api.seed.v1.SeedServiceGrpc;
import io.tallystick.api.seed.v1.SeedServiceGrpc.SeedServiceBlockingStub;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.TallystickTestResource;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What the integration tests have in common. Each test has payers of its own, so tests don't see
/// each other; an issuer key is installed once.
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "seed"))
@WithTestResource(SeedSurroundings.class)
public abstract class SeedIT {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  protected TestPlatform platform;
  protected SeedSurroundings surroundings;
  @Inject protected MovableClock clock;

  @ConfigProperty(name = "tallystick.http.port")
  int httpPort;

  @ConfigProperty(name = "tallystick.grpc.port")
  int grpcPort;

  private final List<ManagedChannel> channels = new ArrayList<>();

  protected SeedRest rest;
  protected Inside inside;
  protected Operator operator;
  protected SeedServiceBlockingStub verify;
  protected SeedAdminServiceBlockingStub admin;

  @BeforeEach
  void connect() {
    rest = new SeedRest(platform.ca(), httpPort);
    inside = new Inside(platform.stores());
    verify = SeedServiceGrpc.newBlockingStub(channel(platform.ca().service("verify")));
    admin = SeedAdminServiceGrpc.newBlockingStub(channel(platform.ca().operator("alice")));
    operator = new Operator(admin, surroundings.root());
    surroundings.clearing().set(ClearingPeer.Mode.ANSWERS);
    if (inside.count("select count(*) from issuer_key where certificate is not null") == 0) {
      operator.rotateTo("first", 1);
    }
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    for (ManagedChannel channel : channels) {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  protected ManagedChannel channel(DevCa.Credentials credentials) {
    try {
      ChannelCredentials tls =
          TlsChannelCredentials.newBuilder()
              .keyManager(credentials.certificate().toFile(), credentials.key().toFile())
              .trustManager(platform.ca().certificateFile().toFile())
              .build();
      ManagedChannel channel =
          Grpc.newChannelBuilder("localhost:" + grpcPort, tls)
              .maxInboundMessageSize(8 * 1024 * 1024)
              .build();
      channels.add(channel);
      return channel;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  protected Wallet newWallet() {
    String payerId = "payer-" + UUID.randomUUID();
    return new Wallet(rest, payerId, platform.oidc().payerToken(payerId));
  }

  protected Wallet newWalletWithPassword() {
    return newWallet().setPassword();
  }

  protected CheckCodeResponse check(String digits) {
    return verify
        .withDeadlineAfter(10, TimeUnit.SECONDS)
        .checkCode(CheckCodeRequest.newBuilder().setCode(digits).build());
  }

  protected boolean matches(String digits) {
    return check(digits).hasMatch();
  }

  /// How many security events of a kind a payer has.
  protected long audited(Wallet wallet, String kind) {
    return inside.count(
        "select count(*) from security_event where payer_id = ? and kind = ?",
        wallet.payerId(),
        kind);
  }

  /// How many events of a type were written for a payer.
  protected long published(Wallet wallet, String type) {
    return inside.count(
        "select count(*) from outbox where partition_key = ? and type = ? and stream = 'devices'",
        wallet.payerId(),
        type);
  }

  protected static String reasonOf(StatusRuntimeException failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    if (status == null || status.getDetailsCount() == 0) {
      throw new AssertionError("no details", failure);
    }
    try {
      return status.getDetails(0).unpack(com.google.rpc.ErrorInfo.class).getReason();
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /// Waits until it holds, at most some seconds.
  protected static void eventually(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not come true: " + what);
      }
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }
}
