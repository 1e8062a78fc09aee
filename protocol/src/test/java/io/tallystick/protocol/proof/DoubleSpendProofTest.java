package io.tallystick.protocol.proof;

import static io.tallystick.protocol.proof.ProofStatus.AUTHORISATION_SIGNATURE;
import static io.tallystick.protocol.proof.ProofStatus.BODIES_EQUAL;
import static io.tallystick.protocol.proof.ProofStatus.DEVICE_SIGNATURE;
import static io.tallystick.protocol.proof.ProofStatus.ISSUER_NUMBER_MISMATCH;
import static io.tallystick.protocol.proof.ProofStatus.PROVEN;
import static io.tallystick.protocol.proof.ProofStatus.ROOT_SIGNATURE;
import static io.tallystick.protocol.proof.ProofStatus.SERIALS_DIFFER;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.protocol.authorisation.AuthorisationTerms;
import io.tallystick.protocol.authorisation.DeviceAuthorisation;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.IssuerNumber;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.fixture.Sample;
import io.tallystick.protocol.fixture.SeededRandom;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.tap.TapBody;
import io.tallystick.protocol.tap.TapToken;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DoubleSpendProofTest {
  private static final SeededRandom RANDOM = new SeededRandom("proofs");

  private final DoubleSpendProof proof = Sample.proof();

  @Test
  void provesWithTheRootKeyAlone() {
    assertThat(proof.verify(Sample.ROOT.publicKey())).isEqualTo(PROVEN);
    assertThat(proof.verify(Sample.STRANGER.publicKey())).isEqualTo(ROOT_SIGNATURE);
    assertThat(proof.serial()).isEqualTo(Sample.token().serial());
    assertThat(proof.deviceId()).isEqualTo(Sample.DEVICE_ID);
  }

  @Test
  void onePairHasOneBundle() {
    assertThat(DoubleSpendProof.of(Sample.conflictingToken(), Sample.token())).isEqualTo(proof);
    assertThat(DoubleSpendProof.parse(proof.encode())).isEqualTo(proof);
    assertThat(DoubleSpendProof.parseText(proof.toText(), NetworkProfile.DEFAULT)).isEqualTo(proof);
    assertThat(proof.toText()).startsWith("-----BEGIN TALLYSTICK DOUBLE SPEND PROOF-----");
    assertThat(proof.encode().length).isLessThanOrEqualTo(DoubleSpendProof.MAX_LENGTH);
  }

  @Test
  void thatOneTapWasSignedTwiceProvesNothing() {
    TapToken token = Sample.token();
    TapToken again = TapToken.sign(token.authorisation(), token.body(), Sample.DEVICE, RANDOM);
    assertThat(DoubleSpendProof.of(token, token).verify(Sample.ROOT.publicKey()))
        .isEqualTo(BODIES_EQUAL);
    assertThat(DoubleSpendProof.of(token, again).verify(Sample.ROOT.publicKey()))
        .isEqualTo(BODIES_EQUAL);
  }

  @Test
  void thatTwoTapsWereMadeProvesNothing() {
    TapBody next =
        TapBody.answering(Sample.request())
            .counter(Counter.of(43))
            .createdAt(Sample.NOW)
            .allowanceLeftMinor(0)
            .walletHead(LogHead.GENESIS)
            .build();
    TapToken other = TapToken.sign(Sample.authorisation(), next, Sample.DEVICE, RANDOM);
    assertThat(DoubleSpendProof.of(Sample.token(), other).verify(Sample.ROOT.publicKey()))
        .isEqualTo(SERIALS_DIFFER);
  }

  /** Nobody can be accused by a token that was made up, whichever of the two it is. */
  @Test
  void everySignatureOfBothTokensCounts() {
    Set<ProofStatus> faults =
        EnumSet.of(
            ROOT_SIGNATURE, ISSUER_NUMBER_MISMATCH, AUTHORISATION_SIGNATURE, DEVICE_SIGNATURE);
    for (ProofStatus first : faults) {
      for (ProofStatus second : faults) {
        Set<ProofStatus> both = EnumSet.of(first, second);
        ProofStatus expected = both.stream().min(Enum::compareTo).orElseThrow();
        TapToken forged = forged(both);
        assertThat(new DoubleSpendProof(forged, Sample.token()).verify(Sample.ROOT.publicKey()))
            .as("first token: " + both)
            .isEqualTo(expected);
        assertThat(new DoubleSpendProof(Sample.token(), forged).verify(Sample.ROOT.publicKey()))
            .as("second token: " + both)
            .isEqualTo(expected);
      }
    }
  }

  private static TapToken forged(Set<ProofStatus> faults) {
    IssuerCertificate certificate =
        IssuerCertificate.sign(
            Sample.subject(NetworkProfile.DEFAULT),
            NetworkProfile.DEFAULT,
            1,
            faults.contains(ROOT_SIGNATURE) ? Sample.STRANGER : Sample.ROOT,
            RANDOM);
    AuthorisationTerms terms =
        Sample.terms(
            faults.contains(ISSUER_NUMBER_MISMATCH)
                ? IssuerNumber.parse("99999999")
                : Sample.ISSUER_NUMBER,
            Sample.NOW,
            Sample.allowance());
    DeviceAuthorisation authorisation =
        DeviceAuthorisation.sign(certificate, terms, Sample.ISSUER, RANDOM);
    if (faults.contains(AUTHORISATION_SIGNATURE)) {
      authorisation =
          new DeviceAuthorisation(certificate, terms, Sample.STRANGER.sign(new byte[1], RANDOM));
    }
    TapBody body = Sample.conflictingToken().body();
    TapToken token = TapToken.sign(authorisation, body, Sample.DEVICE, RANDOM);
    return faults.contains(DEVICE_SIGNATURE)
        ? new TapToken(authorisation, body, Sample.STRANGER.sign(token.encode(), RANDOM))
        : token;
  }
}
