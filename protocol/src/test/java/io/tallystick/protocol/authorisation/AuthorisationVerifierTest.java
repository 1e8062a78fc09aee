package io.tallystick.protocol.authorisation;

import static io.tallystick.protocol.authorisation.AuthorisationStatus.AUTHORISATION_EXPIRED;
import static io.tallystick.protocol.authorisation.AuthorisationStatus.AUTHORISATION_SIGNATURE;
import static io.tallystick.protocol.authorisation.AuthorisationStatus.GOOD;
import static io.tallystick.protocol.authorisation.AuthorisationStatus.ISSUER_EXPIRED;
import static io.tallystick.protocol.authorisation.AuthorisationStatus.ISSUER_NOT_ACCEPTED;
import static io.tallystick.protocol.authorisation.AuthorisationStatus.ISSUER_NUMBER_MISMATCH;
import static io.tallystick.protocol.authorisation.AuthorisationStatus.ROOT_SIGNATURE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm3;
import io.tallystick.protocol.fixture.Sample;
import io.tallystick.protocol.fixture.SeededRandom;
import io.tallystick.protocol.wire.MalformedException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthorisationVerifierTest {
  private static final SeededRandom RANDOM = new SeededRandom("authorisation verifier");

  /** Every guard alone and every pair: the earlier of two faults is the one that is named. */
  @Test
  void namesTheFirstFault() {
    AuthorisationStatus[] faults = AuthorisationStatus.values();
    for (int first = 0; first < faults.length; first++) {
      for (int second = first; second < faults.length; second++) {
        Set<AuthorisationStatus> both = EnumSet.of(faults[first], faults[second]);
        both.remove(GOOD);
        AuthorisationStatus expected = both.stream().min(Enum::compareTo).orElse(GOOD);
        assertThat(verify(both)).as(both.toString()).isEqualTo(expected);
      }
    }
  }

  private static AuthorisationStatus verify(Set<AuthorisationStatus> faults) {
    DeviceAuthorisation authorisation = authorisation(faults);
    AuthorisationVerifier verifier = AuthorisationVerifier.trusting(Sample.ROOT.publicKey());
    verifier =
        faults.contains(ISSUER_NOT_ACCEPTED)
            ? verifier.accepting(List.of())
            : verifier.accepting(List.of(authorisation.issuer()));
    return verifier.verify(authorisation, Sample.NOW);
  }

  private static DeviceAuthorisation authorisation(Set<AuthorisationStatus> faults) {
    YearMonth month = YearMonth.of(2026, faults.contains(ISSUER_EXPIRED) ? 2 : 3);
    IssuerCertificate certificate =
        IssuerCertificate.sign(
            new IssuerCertificate.Subject(
                Sample.ISSUER_NUMBER,
                new CertificateExpiry.EndOfMonth(month),
                1,
                Sample.ISSUER.publicKey()),
            NetworkProfile.DEFAULT,
            1,
            faults.contains(ROOT_SIGNATURE) ? Sample.STRANGER : Sample.ROOT,
            RANDOM);
    AuthorisationTerms terms =
        Sample.terms(
            faults.contains(ISSUER_NUMBER_MISMATCH)
                ? IssuerNumber.parse("99999999")
                : Sample.ISSUER_NUMBER,
            faults.contains(AUTHORISATION_EXPIRED) ? Sample.NOW : Sample.NOW.plusSeconds(1),
            Sample.allowance());
    DeviceAuthorisation good = DeviceAuthorisation.sign(certificate, terms, Sample.ISSUER, RANDOM);
    return faults.contains(AUTHORISATION_SIGNATURE)
        ? new DeviceAuthorisation(certificate, terms, Sample.STRANGER.sign(good.encode(), RANDOM))
        : good;
  }

  /** The header, service id and CA key index are outside the root's signature, and nothing else. */
  @Test
  void theRootSignsEverythingFromTheFormatByteOn() {
    byte[] bytes = Sample.certificate().encode();
    for (int offset = 5; offset < IssuerCertificate.LENGTH; offset++) {
      byte[] changed = bytes.clone();
      changed[offset] ^= 1;
      boolean signed = isSigned(changed);
      assertThat(signed).as("offset " + offset).isEqualTo(offset == 5);
    }
  }

  private static boolean isSigned(byte[] certificate) {
    try {
      return IssuerCertificate.parse(certificate).isSignedBy(Sample.ROOT.publicKey());
    } catch (MalformedException malformed) {
      return false;
    }
  }

  /** In both profiles, wherever field 13 stands, every byte of fields 3 to 13 is covered. */
  @Test
  void theIssuerSignsEveryByteOfTheTerms() {
    for (NetworkProfile profile : List.of(NetworkProfile.DEFAULT, NetworkProfile.ALTERNATE)) {
      byte[] bytes = Sample.authorisation(profile).encode();
      for (int offset = IssuerCertificate.LENGTH; offset < bytes.length; offset++) {
        byte[] changed = bytes.clone();
        changed[offset] ^= 1;
        assertThat(isGood(changed, profile)).as(profile.name() + " offset " + offset).isFalse();
      }
    }
  }

  private static boolean isGood(byte[] authorisation, NetworkProfile profile) {
    try {
      return DeviceAuthorisation.parse(authorisation, profile).isSignedByIssuer();
    } catch (MalformedException malformed) {
      return false;
    }
  }

  @Test
  void whatItRemembersStillExpires() {
    DeviceAuthorisation authorisation = Sample.authorisation();
    AuthorisationVerifier verifier =
        AuthorisationVerifier.trusting(Sample.ROOT.publicKey()).remembering(4);
    Instant end = authorisation.terms().expiresAt();
    assertThat(verifier.verify(authorisation, end.minusSeconds(1))).isEqualTo(GOOD);
    assertThat(verifier.verify(authorisation, end)).isEqualTo(AUTHORISATION_EXPIRED);
    assertThat(verifier.verify(authorisation, Instant.parse("2026-07-01T00:00:00Z")))
        .isEqualTo(ISSUER_EXPIRED);
  }

  @Test
  void whatItRemembersDoesNotCoverAnotherSignatureOrRoot() {
    DeviceAuthorisation authorisation = Sample.authorisation();
    AuthorisationVerifier verifier =
        AuthorisationVerifier.trusting(Sample.ROOT.publicKey()).remembering(4);
    assertThat(verifier.verify(authorisation, Sample.NOW)).isEqualTo(GOOD);
    DeviceAuthorisation forged =
        new DeviceAuthorisation(
            authorisation.issuer(),
            authorisation.terms(),
            Sample.STRANGER.sign(new byte[1], RANDOM));
    assertThat(verifier.verify(forged, Sample.NOW)).isEqualTo(AUTHORISATION_SIGNATURE);
    assertThat(verifier.verify(forged, Sample.NOW)).isEqualTo(AUTHORISATION_SIGNATURE);
    AuthorisationVerifier stranger =
        AuthorisationVerifier.trusting(Sample.STRANGER.publicKey()).remembering(4);
    assertThat(stranger.verify(authorisation, Sample.NOW)).isEqualTo(ROOT_SIGNATURE);
  }

  @Test
  void remembersNoMoreThanItWasTold() {
    VerifiedDigests digests = new VerifiedDigests(3);
    for (int i = 0; i < 10; i++) {
      byte[] content = {(byte) i};
      digests.verifyOnce(() -> Sm3.hash(content), () -> true);
      digests.verifyOnce(() -> Sm3.hash(content, content), () -> false);
    }
    assertThat(digests.size()).isEqualTo(3);
    byte[] newest = {9};
    byte[] oldest = {0};
    assertThat(digests.verifyOnce(() -> Sm3.hash(newest), () -> false)).isTrue();
    assertThat(digests.verifyOnce(() -> Sm3.hash(oldest), () -> false)).isFalse();
  }

  @Test
  void evidenceDoesNotExpire() {
    AuthorisationVerifier verifier = AuthorisationVerifier.trusting(Sample.ROOT.publicKey());
    assertThat(verifier.verifySignatures(Sample.authorisation())).isEqualTo(GOOD);
    Sm2PrivateKey other = Sample.key("another root");
    assertThat(
            AuthorisationVerifier.trusting(other.publicKey())
                .verifySignatures(Sample.authorisation()))
        .isEqualTo(ROOT_SIGNATURE);
  }
}
