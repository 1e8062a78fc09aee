package io.tallystick.seed.harness;

import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.StreamObserver;
import io.tallystick.api.clearing.v1.ClearingServiceGrpc;
import io.tallystick.api.clearing.v1.HoldAllowanceRequest;
import io.tallystick.api.clearing.v1.HoldAllowanceResponse;
import io.tallystick.api.clearing.v1.UnknownAccount;
import io.tallystick.api.common.v1.Money;
import io.tallystick.sandbox.base.DevCa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Stands for clearing-service at the other end of a real mTLS connection, as far as this service
/// calls it: `HoldAllowance`, idempotent by key, from a balance per payer. The real one is in
/// `e2e`.
public final class ClearingPeer extends ClearingServiceGrpc.ClearingServiceImplBase {
  private static final long OPENING_BALANCE_MINOR = 100_000;

  private final Server server;
  private final Map<String, Long> available = new HashMap<>();
  private final Map<String, Long> held = new HashMap<>();
  private final Map<String, HoldAllowanceRequest> requests = new HashMap<>();
  private final Map<String, HoldAllowanceResponse> responses = new HashMap<>();
  private Mode mode = Mode.ANSWERS;

  /// How it behaves.
  public enum Mode {
    ANSWERS,
    /// Does nothing and says UNAVAILABLE.
    AWAY,
    /// Does what it is asked, and its answer is lost.
    LOSES_ANSWERS
  }

  private ClearingPeer(DevCa ca) {
    DevCa.Credentials credentials = ca.service("clearing");
    try {
      ServerCredentials tls =
          TlsServerCredentials.newBuilder()
              .keyManager(credentials.certificate().toFile(), credentials.key().toFile())
              .trustManager(ca.certificateFile().toFile())
              .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
              .build();
      server = Grpc.newServerBuilderForPort(0, tls).addService(this).build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ClearingPeer start(DevCa ca) {
    return new ClearingPeer(ca);
  }

  int port() {
    return server.getPort();
  }

  public synchronized void set(Mode wanted) {
    mode = wanted;
  }

  public synchronized void setAvailable(String payerId, long minor) {
    available.put(payerId, minor);
  }

  /// Closes the payer's account: as if no money had ever come from the bank.
  public synchronized void removeAccount(String payerId) {
    available.put(payerId, -1L);
  }

  public synchronized long heldMinor(String deviceId) {
    return held.getOrDefault(deviceId, 0L);
  }

  /// The requests that had an effect, by device.
  public synchronized List<HoldAllowanceRequest> effective(String payerId) {
    return requests.values().stream()
        .filter(request -> request.getPayerId().equals(payerId))
        .toList();
  }

  @Override
  public synchronized void holdAllowance(
      HoldAllowanceRequest request, StreamObserver<HoldAllowanceResponse> observer) {
    if (mode == Mode.AWAY) {
      observer.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    HoldAllowanceRequest before = requests.get(request.getIdempotencyKey());
    if (before != null && !before.equals(request)) {
      observer.onError(Status.ALREADY_EXISTS.asRuntimeException());
      return;
    }
    HoldAllowanceResponse response =
        Objects.requireNonNullElseGet(
            responses.get(request.getIdempotencyKey()), () -> hold(request));
    if (mode == Mode.LOSES_ANSWERS) {
      observer.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    observer.onNext(response);
    observer.onCompleted();
  }

  private HoldAllowanceResponse hold(HoldAllowanceRequest request) {
    long balance = available.getOrDefault(request.getPayerId(), OPENING_BALANCE_MINOR);
    if (balance < 0) {
      return HoldAllowanceResponse.newBuilder()
          .setUnknownAccount(UnknownAccount.getDefaultInstance())
          .build();
    }
    for (String released : request.getReleasedDeviceIdsList()) {
      balance += Objects.requireNonNullElse(held.remove(released), 0L);
    }
    long already = held.getOrDefault(request.getDeviceId(), 0L);
    long more = Math.min(balance, Math.max(0, request.getTarget().getAmountMinor() - already));
    available.put(request.getPayerId(), balance - more);
    held.put(request.getDeviceId(), already + more);
    HoldAllowanceResponse response =
        HoldAllowanceResponse.newBuilder()
            .setHeld(
                Money.newBuilder()
                    .setAmountMinor(already + more)
                    .setCurrency(request.getTarget().getCurrency()))
            .build();
    requests.put(request.getIdempotencyKey(), request);
    responses.put(request.getIdempotencyKey(), response);
    return response;
  }
}
