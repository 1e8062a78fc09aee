package io.tallystick.sandbox.platform;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/// What the keepers of the root do for a new platform, and when they rotate its issuer key: have
/// seed-service make an issuer key, certify its public half, and hand the certificate back. Doing
/// it again under the same name changes nothing.
public final class IssuerCeremony {
  private static final String KEY_NAME = "sandbox-issuer-1";
  private static final String ISSUER_NUMBER = "54530001";
  private static final int CA_KEY_INDEX = 1;
  private static final int FIRST_SERIAL = 1;
  private static final int HTTP_OK = 200;
  private static final int YEARS = 2;
  private static final int DEADLINE_SECONDS = 20;

  private IssuerCeremony() {}

  static void ensureIssuer(PlatformDescription platform, RootKey root, Clock clock)
      throws IOException {
    if (certifiedKeys(platform) == 0) {
      issue(platform, root, KEY_NAME, FIRST_SERIAL, clock);
    }
  }

  /// Puts a new issuer key in force; the earlier ones stay trusted until their certificates end.
  ///
  /// @param name of the new key; the same name again changes nothing
  /// @return the new key, compressed
  public static byte[] rotate(PlatformDescription platform, String name, Clock clock)
      throws IOException {
    Path folder = requireNonNull(platform.rootPublicKeyFile().getParent(), "not a file");
    RootKey root = RootKey.open(folder);
    return issue(platform, root, name, FIRST_SERIAL + certifiedKeys(platform), clock);
  }

  /// The certified keys, as seed-service tells everyone.
  private static int certifiedKeys(PlatformDescription platform) throws IOException {
    URI list = platform.rest().seedService().resolve("/v1/issuer-keys");
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(PlatformTls.trusting(platform.caFile())).build()) {
      HttpResponse<byte[]> response =
          client.send(
              HttpRequest.newBuilder(list).timeout(Duration.ofSeconds(DEADLINE_SECONDS)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != HTTP_OK) {
        throw new IOException("seed-service answers " + response.statusCode() + " at " + list);
      }
      return new ObjectMapper().readTree(response.body()).path("issuerKeys").size();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static byte[] issue(
      PlatformDescription platform, RootKey root, String name, int serial, Clock clock)
      throws IOException {
    ManagedChannel channel = GrpcChannels.operator(platform, platform.grpc().seedService());
    try {
      SeedAdminServiceGrpc.SeedAdminServiceBlockingStub admin =
          SeedAdminServiceGrpc.newBlockingStub(channel);
      CreateIssuerKeyResponse made =
          admin
              .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
              .createIssuerKey(CreateIssuerKeyRequest.newBuilder().setIdempotencyKey(name).build());
      byte[] certificate = certify(root, made.getPublicKey(), serial, clock).encode();
      admin
          .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
          .installIssuerCertificate(
              InstallIssuerCertificateRequest.newBuilder()
                  .setIssuerKeyId(made.getIssuerKeyId())
                  .setCertificate(ByteString.copyFrom(certificate))
                  .build());
      return made.getPublicKey().toByteArray();
    } finally {
      GrpcChannels.close(channel);
    }
  }

  private static IssuerCertificate certify(
      RootKey root, ByteString issuerKey, int serial, Clock clock) {
    YearMonth lastMonth = YearMonth.now(clock.withZone(ZoneOffset.UTC)).plusYears(YEARS);
    IssuerCertificate.Subject subject =
        new IssuerCertificate.Subject(
            IssuerNumber.parse(ISSUER_NUMBER),
            new CertificateExpiry.EndOfMonth(lastMonth),
            serial,
            Sm2PublicKey.fromCompressed(issuerKey.toByteArray()));
    return IssuerCertificate.sign(
        subject, NetworkProfile.DEFAULT, CA_KEY_INDEX, root.key(), new SecureRandom());
  }
}
