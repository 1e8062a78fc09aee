package io.tallystick.protocol.authorisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.fixture.Sample;
import io.tallystick.protocol.fixture.SeededRandom;
import io.tallystick.protocol.wire.MalformedException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceAuthorisationTest {
  @Test
  void goesThroughBytesAndTextAndBackInBothProfiles() {
    for (NetworkProfile profile : List.of(NetworkProfile.DEFAULT, NetworkProfile.ALTERNATE)) {
      DeviceAuthorisation authorisation = Sample.authorisation(profile);
      byte[] bytes = authorisation.encode();
      assertThat(bytes).hasSize(DeviceAuthorisation.LENGTH);
      assertThat(DeviceAuthorisation.parse(bytes, profile)).isEqualTo(authorisation);
      assertThat(DeviceAuthorisation.parseText(authorisation.toText(), profile))
          .isEqualTo(authorisation);
      IssuerCertificate certificate = authorisation.issuer();
      assertThat(IssuerCertificate.parseText(certificate.toText(), profile)).isEqualTo(certificate);
      assertThat(
              AuthorisationVerifier.trusting(Sample.ROOT.publicKey())
                  .verify(authorisation, Sample.NOW))
          .isEqualTo(AuthorisationStatus.GOOD);
    }
  }

  @Test
  void theProfileDecidesWhereFieldThirteenStandsAndHowTimeIsCounted() {
    byte[] standard = Sample.authorisation(NetworkProfile.DEFAULT).encode();
    byte[] alternate = Sample.authorisation(NetworkProfile.ALTERNATE).encode();
    assertThat(standard[194]).isEqualTo((byte) 16);
    assertThat(standard[211]).isEqualTo((byte) 0x13);
    assertThat(alternate[194]).isEqualTo((byte) 0x23);
    assertThat(alternate[259]).isEqualTo((byte) 16);
    long unix = ByteBuffer.wrap(standard).getInt(188) & 0xFFFF_FFFFL;
    long beijing = ByteBuffer.wrap(alternate).getInt(188) & 0xFFFF_FFFFL;
    assertThat(unix).isEqualTo(Sample.terms().expiresAt().getEpochSecond());
    // 2000-01-01 00:00 in Beijing is 1999-12-31 16:00 UTC.
    assertThat(unix - beijing).isEqualTo(946_656_000L);
  }

  @Test
  void oneProfileDoesNotReadTheOther() {
    byte[] standard = Sample.authorisation(NetworkProfile.DEFAULT).encode();
    byte[] alternate = Sample.authorisation(NetworkProfile.ALTERNATE).encode();
    assertThatThrownBy(() -> DeviceAuthorisation.parse(standard, NetworkProfile.ALTERNATE))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> DeviceAuthorisation.parse(alternate))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void signingWithAnotherKeyIsTheCallersError() {
    assertThatThrownBy(() ->
            DeviceAuthorisation.sign(
                Sample.certificate(), Sample.terms(), Sample.STRANGER, new SeededRandom("wrong")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theCertificateHasTheLayoutOfTheStandard() {
    byte[] bytes = Sample.certificate().encode();
    assertThat(bytes).hasSize(117).startsWith(0x24, 1, 1, 0, 0, 1, 0x12, 0, 0, 0x12, 0x34);
    assertThat(bytes[11]).isEqualTo((byte) 0x06);
    assertThat(bytes[12]).isEqualTo((byte) 0x26);
    assertThat(bytes).containsSequence(0, 0, 7, 4, 4, 0, 0x21);
    assertThatThrownBy(() ->
            IssuerCertificate.sign(
                Sample.subject(NetworkProfile.ALTERNATE),
                NetworkProfile.DEFAULT,
                1,
                Sample.ROOT,
                new SeededRandom("wrong form")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
