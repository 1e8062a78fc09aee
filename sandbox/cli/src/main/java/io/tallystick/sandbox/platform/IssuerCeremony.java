package io.tallystick.sandbox.platform;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.tallystick.api.seed.v1.CreateIssuerKeyRequest;
import io.tallystick.api.seed.v1.CreateIssuerKeyResponse;
import io.tallystick.api.seed.v1.InstallIssuerCertificateRequest;
import io.tallystick.api.seed.v1.SeedAdminServiceGrpc;
import io.tallystick.protocol.authorisation.CertificateExpiry;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.IssuerNumber;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/// What the keepers of the root do once for a new platform: have seed-service make an issuer key,
/// certify its public half, and hand the certificate back. Doing it again for the same folder
/// changes nothing.
final class IssuerCeremony {
  private static final String KEY_NAME = "sandbox-issuer-1";
  private static final String ISSUER_NUMBER = "54530001";
  private static final int CA_KEY_INDEX = 1;
  private static final int SERIAL = 1;
  private static final int YEARS = 2;
  private static final int DEADLINE_SECONDS = 20;

  private IssuerCeremony() {}

  static void ensureIssuer(PlatformDescription platform, RootKey root, Clock clock)
      throws IOException {
    ManagedChannel channel = GrpcChannels.operator(platform, platform.grpc().seedService());
    try {
      SeedAdminServiceGrpc.SeedAdminServiceBlockingStub admin =
          SeedAdminServiceGrpc.newBlockingStub(channel);
      CreateIssuerKeyResponse made =
          admin
              .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
              .createIssuerKey(
                  CreateIssuerKeyRequest.newBuilder().setIdempotencyKey(KEY_NAME).build());
      byte[] certificate = certify(root, made.getPublicKey(), clock).encode();
      admin
          .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
          .installIssuerCertificate(
              InstallIssuerCertificateRequest.newBuilder()
                  .setIssuerKeyId(made.getIssuerKeyId())
                  .setCertificate(ByteString.copyFrom(certificate))
                  .build());
    } finally {
      GrpcChannels.close(channel);
    }
  }

  private static IssuerCertificate certify(RootKey root, ByteString issuerKey, Clock clock) {
    YearMonth lastMonth = YearMonth.now(clock.withZone(ZoneOffset.UTC)).plusYears(YEARS);
    IssuerCertificate.Subject subject =
        new IssuerCertificate.Subject(
            IssuerNumber.parse(ISSUER_NUMBER),
            new CertificateExpiry.EndOfMonth(lastMonth),
            SERIAL,
            Sm2PublicKey.fromCompressed(issuerKey.toByteArray()));
    return IssuerCertificate.sign(
        subject, NetworkProfile.DEFAULT, CA_KEY_INDEX, root.key(), new SecureRandom());
  }
}
