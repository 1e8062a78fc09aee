package io.tallystick.seed.harness;

import com.google.protobuf.ByteString;
import io.tallystick.api.seed.v1.CreateIssuerKeyRequest;
import io.tallystick.api.seed.v1.CreateIssuerKeyResponse;
import io.tallystick.api.seed.v1.InstallIssuerCertificateRequest;
import io.tallystick.api.seed.v1.SeedAdminServiceGrpc.SeedAdminServiceBlockingStub;
import io.tallystick.protocol.authorisation.CertificateExpiry;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.IssuerNumber;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import java.security.SecureRandom;
import java.time.YearMonth;
import java.time.ZoneOffset;

/// The keepers of the root, at work through the operator's interface.
public final class Operator {
  private final SeedAdminServiceBlockingStub admin;
  private final Sm2PrivateKey root;

  public Operator(SeedAdminServiceBlockingStub admin, Sm2PrivateKey root) {
    this.admin = admin;
    this.root = root;
  }

  public CreateIssuerKeyResponse createKey(String idempotencyKey) {
    return admin.createIssuerKey(
        CreateIssuerKeyRequest.newBuilder().setIdempotencyKey(idempotencyKey).build());
  }

  /// A certificate of the root for a key, good for years.
  public IssuerCertificate certify(ByteString publicKey, int serial) {
    return certify(publicKey, serial, root, YearMonth.now(ZoneOffset.UTC).plusYears(5));
  }

  public IssuerCertificate certify(
      ByteString publicKey, int serial, Sm2PrivateKey signer, YearMonth lastMonth) {
    return IssuerCertificate.sign(
        new IssuerCertificate.Subject(
            IssuerNumber.parse("54530001"),
            new CertificateExpiry.EndOfMonth(lastMonth),
            serial,
            Sm2PublicKey.fromCompressed(publicKey.toByteArray())),
        NetworkProfile.DEFAULT,
        1,
        signer,
        new SecureRandom());
  }

  public void install(String issuerKeyId, byte[] certificate) {
    admin.installIssuerCertificate(
        InstallIssuerCertificateRequest.newBuilder()
            .setIssuerKeyId(issuerKeyId)
            .setCertificate(ByteString.copyFrom(certificate))
            .build());
  }

  /// Makes, certifies and installs a key.
  public IssuerCertificate rotateTo(String name, int serial) {
    CreateIssuerKeyResponse made = createKey(name);
    IssuerCertificate certificate = certify(made.getPublicKey(), serial);
    install(made.getIssuerKeyId(), certificate.encode());
    return certificate;
  }
}
