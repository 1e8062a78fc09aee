package io.tallystick.seed.grpc;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.tallystick.api.seed.v1.CreateIssuerKeyRequest;
import io.tallystick.api.seed.v1.CreateIssuerKeyResponse;
import io.tallystick.api.seed.v1.InstallIssuerCertificateRequest;
import io.tallystick.api.seed.v1.InstallIssuerCertificateResponse;
import io.tallystick.api.seed.v1.RevokeDeviceRequest;
import io.tallystick.api.seed.v1.RevokeDeviceResponse;
import io.tallystick.api.seed.v1.SeedAdminServiceGrpc;
import io.tallystick.api.seed.v1.UnlockPayerRequest;
import io.tallystick.api.seed.v1.UnlockPayerResponse;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.grpc.Caller;
import io.tallystick.kit.grpc.GrpcCalls;
import io.tallystick.kit.proto.ProtoTime;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.wire.MalformedException;
import io.tallystick.seed.device.Device;
import io.tallystick.seed.device.Revocations;
import io.tallystick.seed.issuer.IssuerKey;
import io.tallystick.seed.issuer.IssuerKeys;
import io.tallystick.seed.password.PaymentPasswords;
import jakarta.inject.Inject;
import java.util.UUID;

/// For operators.
@GrpcService
class SeedAdminGrpc extends SeedAdminServiceGrpc.SeedAdminServiceImplBase {
  private static final int MAX_KEY_LENGTH = 128;
  private static final int MAX_NOTE_LENGTH = 500;

  @Inject GrpcCalls calls;
  @Inject IssuerKeys issuerKeys;
  @Inject PaymentPasswords passwords;
  @Inject Revocations revocations;

  @Override
  public void createIssuerKey(
      CreateIssuerKeyRequest request, StreamObserver<CreateIssuerKeyResponse> observer) {
    calls.unary(
        observer,
        () -> {
          requireText("idempotency_key", request.getIdempotencyKey(), MAX_KEY_LENGTH);
          IssuerKey key = issuerKeys.create(request.getIdempotencyKey(), actor());
          return CreateIssuerKeyResponse.newBuilder()
              .setIssuerKeyId(key.id().toString())
              .setPublicKey(ByteString.copyFrom(key.publicKey().compressed()))
              .build();
        });
  }

  @Override
  public void installIssuerCertificate(
      InstallIssuerCertificateRequest request,
      StreamObserver<InstallIssuerCertificateResponse> observer) {
    calls.unary(
        observer,
        () -> {
          UUID id = ApiErrors.valid("ISSUER_KEY_ID_MALFORMED", () -> uuid(request));
          issuerKeys.install(id, request.getCertificate().toByteArray(), actor());
          return InstallIssuerCertificateResponse.getDefaultInstance();
        });
  }

  @Override
  public void unlockPayer(
      UnlockPayerRequest request, StreamObserver<UnlockPayerResponse> observer) {
    calls.unary(
        observer,
        () -> {
          requireText("payer_id", request.getPayerId(), MAX_KEY_LENGTH);
          return UnlockPayerResponse.newBuilder()
              .setWasLocked(passwords.unlock(request.getPayerId(), actor()))
              .build();
        });
  }

  @Override
  public void revokeDevice(
      RevokeDeviceRequest request, StreamObserver<RevokeDeviceResponse> observer) {
    calls.unary(
        observer,
        () -> {
          requireText("reason", request.getReason(), MAX_NOTE_LENGTH);
          Device revoked =
              revocations.byOperator(deviceId(request.getDeviceId()), request.getReason(), actor());
          return RevokeDeviceResponse.newBuilder()
              .setRevokedAt(ProtoTime.of(revoked.revocation().orElseThrow().at()))
              .build();
        });
  }

  private static UUID uuid(InstallIssuerCertificateRequest request) {
    return UUID.fromString(request.getIssuerKeyId());
  }

  private static DeviceId deviceId(String text) {
    try {
      return DeviceId.parse(text);
    } catch (MalformedException malformed) {
      throw ApiErrors.invalidArgument("DEVICE_ID_MALFORMED", malformed.getMessage());
    }
  }

  private static void requireText(String field, String text, int most) {
    if (text.isBlank() || text.length() > most) {
      throw ApiErrors.invalidArgument(
          "FIELD_MALFORMED", field + " is not 1 to " + most + " characters");
    }
  }

  private static String actor() {
    return Caller.current().uri();
  }
}
