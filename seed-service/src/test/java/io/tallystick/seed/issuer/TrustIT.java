package io.tallystick.seed.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.seed.v1.CreateIssuerKeyResponse;
import io.tallystick.api.seed.v1.GetTrustBundleRequest;
import io.tallystick.api.seed.v1.GetTrustBundleResponse;
import io.tallystick.api.seed.v1.SignTerminalPackRequest;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.deny.DenyList;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.pack.PackContent;
import io.tallystick.protocol.pack.PackStatus;
import io.tallystick.protocol.pack.TerminalPack;
import io.tallystick.protocol.pack.TerminalPolicy;
import io.tallystick.seed.harness.SeedIT;
import io.tallystick.seed.harness.Wallet;
import io.tallystick.seed.harness.Wallet.Credential;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TrustIT extends SeedIT {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final TerminalPolicy POLICY =
      new TerminalPolicy(
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofMinutes(5),
          0,
          List.of(Money.of(50_000, "CNY")));

  @Test
  void makesAKeyOncePerIdempotencyKey() {
    String key = Wallet.newKey();

    assertThat(operator.createKey(key)).isEqualTo(operator.createKey(key));
    assertThat(operator.createKey(Wallet.newKey())).isNotEqualTo(operator.createKey(key));
  }

  @Test
  void installsOnlyTheRootsCertificateForTheKey() {
    CreateIssuerKeyResponse made = operator.createKey(Wallet.newKey());
    ByteString publicKey = made.getPublicKey();
    Sm2PrivateKey impostor = Sm2PrivateKey.generate(RANDOM);
    YearMonth later = YearMonth.of(2060, 1);
    byte[] good = operator.certify(publicKey, 3).encode();

    refuses(
        "CERTIFICATE_ROOT_SIGNATURE",
        () -> install(made, operator.certify(publicKey, 3, impostor, later).encode()));
    refuses(
        "CERTIFICATE_KEY_MISMATCH",
        () ->
            install(
                made,
                operator
                    .certify(ByteString.copyFrom(impostor.publicKey().compressed()), 3)
                    .encode()));
    refuses(
        "CERTIFICATE_EXPIRED",
        () ->
            install(
                made,
                operator
                    .certify(publicKey, 3, surroundings.root(), YearMonth.of(2020, 1))
                    .encode()));
    refuses("CERTIFICATE_MALFORMED", () -> install(made, Arrays.copyOf(good, 116)));
    refuses(
        "UNKNOWN_ISSUER_KEY", () -> operator.install("00000000-0000-0000-0000-000000000000", good));
    refuses("ISSUER_KEY_ID_MALFORMED", () -> operator.install("nonsense", good));

    install(made, good);
    install(made, good);
    install(made, operator.certify(publicKey, 3).encode());
    refuses("ISSUER_KEY_CERTIFIED", () -> install(made, operator.certify(publicKey, 4).encode()));
    assertThat(signing()).isEqualTo(IssuerCertificate.parse(good));
  }

  @Test
  void keepsEarlierKeysTrustedAfterARotation() {
    Wallet wallet = newWalletWithPassword();
    Credential before = wallet.enrol();
    IssuerCertificate earlier = IssuerCertificate.parse(before.reply().bytes("issuerCertificate"));

    IssuerCertificate later = operator.rotateTo("rotation-" + Wallet.newKey(), 5);

    assertThat(issuers()).startsWith(later).contains(earlier);
    Credential after = wallet.enrolAnother();
    assertThat(IssuerCertificate.parse(after.reply().bytes("issuerCertificate"))).isEqualTo(later);
    JsonNode keys = rest.get("/v1/issuer-keys", null).ok(200).body().get("issuerKeys");
    assertThat(keys.get(0).get("signing").asBoolean()).isTrue();
    assertThat(keys.get(1).get("signing").asBoolean()).isFalse();
  }

  @Test
  void signsAPack() {
    byte[] unsigned = content(issuers(), denyList()).encode();

    TerminalPack pack = TerminalPack.parse(sign(unsigned));

    assertThat(pack.content().encode()).isEqualTo(unsigned);
    assertThat(pack.verify(surroundings.root().publicKey(), Optional.empty(), clock.instant()))
        .isEqualTo(PackStatus.GOOD);
  }

  @Test
  void signsNothingElse() {
    List<IssuerCertificate> issuers = issuers();
    DenyList denyList = denyList();
    byte[] unsigned = content(issuers, denyList).encode();
    byte[] authorisation = newWalletWithPassword().enrol().reply().bytes("authorisation");

    refuses("PACK_MALFORMED", () -> sign(new byte[0]));
    refuses("PACK_MALFORMED", () -> sign(authorisation));
    refuses("PACK_MALFORMED", () -> sign(denyList.encode()));
    refuses("PACK_MALFORMED", () -> sign(Arrays.copyOf(unsigned, unsigned.length + 1)));
    refuses("PACK_MALFORMED", () -> sign(Arrays.copyOf(unsigned, unsigned.length - 1)));
    refuses("PACK_MALFORMED", () -> sign(sign(unsigned)));
  }

  @Test
  void signsNoPackOfSomeoneElsesMaking() {
    List<IssuerCertificate> issuers = issuers();
    DenyList denyList = denyList();
    Sm2PrivateKey impostorRoot = Sm2PrivateKey.generate(RANDOM);
    Sm2PrivateKey impostorIssuer = Sm2PrivateKey.generate(RANDOM);
    ByteString impostorKey = ByteString.copyFrom(impostorIssuer.publicKey().compressed());
    IssuerCertificate unknown = operator.certify(impostorKey, 9);
    DenyList emptied =
        DenyList.sign(
            denyList.version(),
            clock.instant(),
            List.<DeviceId>of(),
            unknown,
            impostorIssuer,
            RANDOM);

    refuses(
        "PACK_ROOT",
        () ->
            sign(
                new PackContent(1, now(), impostorRoot.publicKey(), issuers, POLICY, denyList)
                    .encode()));
    List<IssuerCertificate> withUnknown = new ArrayList<>(issuers);
    withUnknown.add(unknown);
    refuses("PACK_ISSUERS", () -> sign(content(withUnknown, denyList).encode()));
    refuses("PACK_ISSUERS", () -> sign(content(List.of(unknown), denyList).encode()));
    refuses("PACK_DENY_LIST", () -> sign(content(issuers, emptied).encode()));
    operator.rotateTo("pack-" + Wallet.newKey(), 6);
    refuses("PACK_SIGNER", () -> sign(content(issuers, denyList).encode()));
  }

  private void install(CreateIssuerKeyResponse made, byte[] certificate) {
    operator.install(made.getIssuerKeyId(), certificate);
  }

  private byte[] sign(byte[] unsigned) {
    return verify
        .signTerminalPack(
            SignTerminalPackRequest.newBuilder()
                .setUnsignedPack(ByteString.copyFrom(unsigned))
                .build())
        .getSignedPack()
        .toByteArray();
  }

  private GetTrustBundleResponse bundle() {
    return verify.getTrustBundle(GetTrustBundleRequest.getDefaultInstance());
  }

  private List<IssuerCertificate> issuers() {
    return bundle().getIssuerCertificatesList().stream()
        .map(bytes -> IssuerCertificate.parse(bytes.toByteArray(), NetworkProfile.DEFAULT))
        .limit(PackContent.MAX_ISSUERS - 1)
        .toList();
  }

  private IssuerCertificate signing() {
    return issuers().getFirst();
  }

  private DenyList denyList() {
    return DenyList.parse(bundle().getFull().toByteArray());
  }

  private PackContent content(List<IssuerCertificate> issuers, DenyList denyList) {
    return new PackContent(1, now(), surroundings.root().publicKey(), issuers, POLICY, denyList);
  }

  private Instant now() {
    return clock.instant();
  }

  private static void refuses(String reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> assertThat(reasonOf(failure)).isEqualTo(reason));
  }
}
