package io.tallystick.protocol.pack;

import static io.tallystick.protocol.pack.PackStatus.DENY_LIST_ISSUER;
import static io.tallystick.protocol.pack.PackStatus.DENY_LIST_SIGNATURE;
import static io.tallystick.protocol.pack.PackStatus.GOOD;
import static io.tallystick.protocol.pack.PackStatus.ISSUER_EXPIRED;
import static io.tallystick.protocol.pack.PackStatus.OLDER_DENY_LIST;
import static io.tallystick.protocol.pack.PackStatus.OLDER_PACK;
import static io.tallystick.protocol.pack.PackStatus.PACK_SIGNATURE;
import static io.tallystick.protocol.pack.PackStatus.ROOT_MISMATCH;
import static io.tallystick.protocol.pack.PackStatus.ROOT_SIGNATURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.authorisation.AuthorisationStatus;
import io.tallystick.protocol.authorisation.CertificateExpiry;
import io.tallystick.protocol.authorisation.IssuerCertificate;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.deny.DenyList;
import io.tallystick.protocol.fixture.Sample;
import io.tallystick.protocol.fixture.SeededRandom;
import io.tallystick.protocol.model.Money;
import java.time.Duration;
import java.time.YearMonth;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TerminalPackTest {
  private static final SeededRandom RANDOM = new SeededRandom("packs");
  private static final Sm2PrivateKey OTHER_ISSUER = Sample.key("another issuer");

  /** Every guard alone and every pair: the earlier of two faults is the one that is named. */
  @Test
  void namesTheFirstFault() {
    PackStatus[] faults = PackStatus.values();
    for (int first = 0; first < faults.length; first++) {
      for (int second = first; second < faults.length; second++) {
        Set<PackStatus> both = EnumSet.of(faults[first], faults[second]);
        both.remove(GOOD);
        PackStatus expected = both.stream().min(Enum::compareTo).orElse(GOOD);
        assertThat(verify(both)).as(both.toString()).isEqualTo(expected);
      }
    }
  }

  private static PackStatus verify(Set<PackStatus> faults) {
    IssuerCertificate signer =
        certificate(Sample.ISSUER, faults.contains(ISSUER_EXPIRED) ? 2 : 6, Sample.ROOT);
    IssuerCertificate second =
        certificate(
            OTHER_ISSUER, 6, faults.contains(ROOT_SIGNATURE) ? Sample.STRANGER : Sample.ROOT);
    PackContent content =
        new PackContent(
            5,
            Sample.NOW,
            Sample.ROOT.publicKey(),
            List.of(signer, second),
            Sample.policy(),
            denyList(faults, second));
    TerminalPack pack = TerminalPack.sign(content, Sample.ISSUER, RANDOM);
    if (faults.contains(PACK_SIGNATURE)) {
      pack = new TerminalPack(content, Sample.ISSUER.sign(new byte[1], RANDOM));
    }
    PackContent inUse =
        new PackContent(
            faults.contains(OLDER_PACK) ? 6 : 5,
            Sample.NOW,
            Sample.ROOT.publicKey(),
            List.of(Sample.certificate()),
            Sample.policy(),
            Sample.denyList(faults.contains(OLDER_DENY_LIST) ? 4 : 3, Sample.NOW));
    return pack.verify(
        faults.contains(ROOT_MISMATCH) ? Sample.STRANGER.publicKey() : Sample.ROOT.publicKey(),
        Optional.of(inUse),
        Sample.NOW);
  }

  private static DenyList denyList(Set<PackStatus> faults, IssuerCertificate second) {
    IssuerCertificate issuer =
        faults.contains(DENY_LIST_ISSUER) ? certificate(OTHER_ISSUER, 7, Sample.ROOT) : second;
    DenyList good = DenyList.sign(3, Sample.NOW, List.of(), issuer, OTHER_ISSUER, RANDOM);
    if (!faults.contains(DENY_LIST_SIGNATURE)) {
      return good;
    }
    byte[] changed = good.encode();
    changed[11] ^= 1; // the last byte of the time it was issued at
    return DenyList.parse(changed);
  }

  private static IssuerCertificate certificate(
      Sm2PrivateKey issuer, int month, Sm2PrivateKey root) {
    return IssuerCertificate.sign(
        new IssuerCertificate.Subject(
            Sample.ISSUER_NUMBER,
            new CertificateExpiry.EndOfMonth(YearMonth.of(2026, month)),
            1,
            issuer.publicKey()),
        NetworkProfile.DEFAULT,
        1,
        root,
        RANDOM);
  }

  @Test
  void goesThroughBytesAndTextAndBack() {
    TerminalPack pack = Sample.pack();
    assertThat(TerminalPack.parse(pack.encode())).isEqualTo(pack);
    assertThat(TerminalPack.parseText(pack.toText(), NetworkProfile.DEFAULT)).isEqualTo(pack);
    assertThat(pack.verify(Sample.ROOT.publicKey(), Optional.empty(), Sample.NOW)).isEqualTo(GOOD);
    assertThat(pack.verify(Sample.ROOT.publicKey(), Optional.of(pack.content()), Sample.NOW))
        .isEqualTo(GOOD);
  }

  @Test
  void givesTheVerifierAndLimitsForATap() {
    TerminalPack pack = Sample.pack();
    assertThat(pack.authorisationVerifier(8).verify(Sample.authorisation(), Sample.NOW))
        .isEqualTo(AuthorisationStatus.GOOD);
    TerminalPolicy policy = pack.content().policy();
    assertThat(policy.limitsFor("CNY").orElseThrow().floorLimit())
        .hasValue(Money.of(30_000, "CNY"));
    assertThat(policy.limitsFor("CNY").orElseThrow().atRiskLimit())
        .hasValue(Money.of(5_000, "CNY"));
    assertThat(policy.limitsFor("USD")).isEmpty();
  }

  @Test
  void aDenyListBeyondItsAgeIsTooOld() {
    TerminalPolicy policy = Sample.policy();
    DenyList list = Sample.denyList();
    assertThat(policy.isTooOld(list, list.issuedAt().plus(Duration.ofHours(24)))).isFalse();
    assertThat(policy.isTooOld(list, list.issuedAt().plus(Duration.ofHours(24)).plusSeconds(1)))
        .isTrue();
  }

  @Test
  void refusesWhatAPackCannotSay() {
    assertThatThrownBy(() ->
            new PackContent(
                1,
                Sample.NOW,
                Sample.ROOT.publicKey(),
                List.of(),
                Sample.policy(),
                Sample.denyList()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new TerminalPolicy(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ZERO,
                0,
                List.of(Money.of(1, "CNY"), Money.of(2, "CNY"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TerminalPack.sign(Sample.packContent(), Sample.STRANGER, RANDOM))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
