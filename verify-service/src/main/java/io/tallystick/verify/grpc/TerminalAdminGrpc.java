package io.tallystick.verify.grpc;

import static io.tallystick.kit.error.ApiErrors.valid;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.tallystick.api.common.v1.Place;
import io.tallystick.api.verify.v1.ListEvidenceRequest;
import io.tallystick.api.verify.v1.ListEvidenceResponse;
import io.tallystick.api.verify.v1.ListTerminalsRequest;
import io.tallystick.api.verify.v1.ListTerminalsResponse;
import io.tallystick.api.verify.v1.RegisterMerchantRequest;
import io.tallystick.api.verify.v1.RegisterMerchantResponse;
import io.tallystick.api.verify.v1.RegisterTerminalRequest;
import io.tallystick.api.verify.v1.RegisterTerminalResponse;
import io.tallystick.api.verify.v1.RetireTerminalRequest;
import io.tallystick.api.verify.v1.RetireTerminalResponse;
import io.tallystick.api.verify.v1.TerminalAdminServiceGrpc;
import io.tallystick.kit.grpc.Caller;
import io.tallystick.kit.grpc.GrpcCalls;
import io.tallystick.kit.proto.ProtoTime;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.verify.intake.EvidenceArchive;
import io.tallystick.verify.registry.TerminalRegistry;
import io.tallystick.verify.tap.Evidence;
import io.tallystick.verify.terminal.Retirement;
import io.tallystick.verify.terminal.Terminal;
import io.tallystick.verify.terminal.TerminalName;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// `TerminalAdminService`: operators register merchants and terminals.
@GrpcService
public class TerminalAdminGrpc extends TerminalAdminServiceGrpc.TerminalAdminServiceImplBase {
  private static final int LONGEST_NAME = 200;

  private final GrpcCalls calls;
  private final TerminalRegistry terminals;
  private final EvidenceArchive evidence;

  @Inject
  TerminalAdminGrpc(GrpcCalls calls, TerminalRegistry terminals, EvidenceArchive evidence) {
    this.calls = calls;
    this.terminals = terminals;
    this.evidence = evidence;
  }

  @Override
  public void registerMerchant(
      RegisterMerchantRequest request, StreamObserver<RegisterMerchantResponse> observer) {
    calls.unary(
        observer,
        () -> {
          MerchantId merchant = merchant(request.getMerchantId());
          String name = request.getName().strip();
          valid(
              "NAME_INVALID",
              () -> {
                if (name.isEmpty() || name.length() > LONGEST_NAME) {
                  throw new IllegalArgumentException("name has not 1 to 200 characters");
                }
                return name;
              });
          terminals.putMerchant(merchant, name);
          return RegisterMerchantResponse.getDefaultInstance();
        });
  }

  @Override
  public void registerTerminal(
      RegisterTerminalRequest request, StreamObserver<RegisterTerminalResponse> observer) {
    calls.unary(
        observer,
        () -> {
          terminals.put(terminal(request), request.getReinstate(), Caller.current().uri());
          return RegisterTerminalResponse.getDefaultInstance();
        });
  }

  @Override
  public void retireTerminal(
      RetireTerminalRequest request, StreamObserver<RetireTerminalResponse> observer) {
    calls.unary(
        observer,
        () -> {
          TerminalName name = name(request.getMerchantId(), request.getTerminalId());
          String reason = request.getReason().strip();
          valid("REASON_INVALID", () -> new Retirement(Instant.EPOCH, reason));
          Instant since =
              terminals.retire(name, reason, request.getIdempotencyKey(), Caller.current().uri());
          return RetireTerminalResponse.newBuilder().setRetiredAt(ProtoTime.of(since)).build();
        });
  }

  @Override
  public void listTerminals(
      ListTerminalsRequest request, StreamObserver<ListTerminalsResponse> observer) {
    calls.unary(
        observer,
        () -> {
          MerchantId merchant = merchant(request.getMerchantId());
          Pages.Page<TerminalId> page =
              Pages.read(request.getPageSize(), request.getPageToken(), TerminalId::of);
          List<Terminal> found =
              terminals.list(merchant, page.after().orElse(null), page.size() + 1);
          ListTerminalsResponse.Builder response = ListTerminalsResponse.newBuilder();
          found.stream()
              .limit(page.size())
              .map(TerminalAdminGrpc::write)
              .forEach(response::addTerminals);
          if (found.size() > page.size()) {
            response.setNextPageToken(Pages.token(found.get(page.size() - 1).id().value()));
          }
          return response.build();
        });
  }

  @Override
  public void listEvidence(
      ListEvidenceRequest request, StreamObserver<ListEvidenceResponse> observer) {
    calls.unary(
        observer,
        () -> {
          Pages.Page<UUID> page =
              Pages.read(request.getPageSize(), request.getPageToken(), UUID::fromString);
          String device =
              request.getDeviceId().isEmpty()
                  ? null
                  : Requests.parsed(
                      "DEVICE_ID_MALFORMED",
                      () -> DeviceId.parse(request.getDeviceId()).toString());
          List<Evidence> found = evidence.list(device, page.after().orElse(null), page.size() + 1);
          ListEvidenceResponse.Builder response = ListEvidenceResponse.newBuilder();
          found.stream()
              .limit(page.size())
              .map(TerminalAdminGrpc::write)
              .forEach(response::addEvidence);
          if (found.size() > page.size()) {
            response.setNextPageToken(Pages.token(found.get(page.size() - 1).id().toString()));
          }
          return response.build();
        });
  }

  private static io.tallystick.api.verify.v1.Evidence write(Evidence evidence) {
    return io.tallystick.api.verify.v1.Evidence.newBuilder()
        .setEvidenceId(evidence.id().toString())
        .setSerial(evidence.serial())
        .setDeviceId(evidence.deviceId())
        .setPayerId(evidence.payerId())
        .setDetectedAt(ProtoTime.of(evidence.detectedAt()))
        .setProof(ByteString.copyFrom(evidence.proof()))
        .build();
  }

  private static Terminal terminal(RegisterTerminalRequest request) {
    TerminalName name = name(request.getMerchantId(), request.getTerminalId());
    Sm2PublicKey key =
        Requests.parsed(
            "PUBLIC_KEY_INVALID",
            () -> Sm2PublicKey.fromCompressed(request.getPublicKey().toByteArray()));
    Optional<Terminal.Place> place =
        valid(
            "PLACE_INVALID",
            () ->
                request.hasPlace()
                    ? Optional.of(
                        new Terminal.Place(
                            request.getPlace().getLatitudeDegrees(),
                            request.getPlace().getLongitudeDegrees()))
                    : Optional.empty());
    long floor =
        valid(
            "FLOOR_LIMIT_INVALID",
            () -> {
              if (request.getFloorLimitMinor() > Money.MAX_AMOUNT_MINOR) {
                throw new IllegalArgumentException("floor_limit_minor is above the largest amount");
              }
              return request.getFloorLimitMinor();
            });
    return valid(
        "FLOOR_LIMIT_INVALID",
        () -> new Terminal(name, key, List.of(), place, floor, Optional.empty()));
  }

  private static io.tallystick.api.verify.v1.Terminal write(Terminal terminal) {
    var written =
        io.tallystick.api.verify.v1.Terminal.newBuilder()
            .setMerchantId(terminal.merchant().value())
            .setTerminalId(terminal.id().value())
            .setPublicKey(ByteString.copyFrom(terminal.key().compressed()))
            .setFloorLimitMinor(terminal.atRiskLimitMinor());
    terminal
        .place()
        .ifPresent(place ->
            written.setPlace(
                Place.newBuilder()
                    .setLatitudeDegrees(place.latitudeDegrees())
                    .setLongitudeDegrees(place.longitudeDegrees())));
    terminal
        .retirement()
        .ifPresent(retirement ->
            written
                .setRetiredAt(ProtoTime.of(retirement.at()))
                .setRetirementReason(retirement.reason()));
    return written.build();
  }

  private static TerminalName name(String merchantId, String terminalId) {
    return new TerminalName(
        merchant(merchantId), valid("TERMINAL_ID_MALFORMED", () -> TerminalId.of(terminalId)));
  }

  private static MerchantId merchant(String merchantId) {
    return valid("MERCHANT_ID_MALFORMED", () -> MerchantId.of(merchantId));
  }
}
