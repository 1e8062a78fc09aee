package io.tallystick.protocol.tap;

import static io.tallystick.protocol.tap.TapStatus.ALLOWANCE_MISSTATED;
import static io.tallystick.protocol.tap.TapStatus.AMOUNT_MISMATCH;
import static io.tallystick.protocol.tap.TapStatus.AT_RISK_REFUSED;
import static io.tallystick.protocol.tap.TapStatus.AUTHORISATION_EXPIRED;
import static io.tallystick.protocol.tap.TapStatus.COUNTER_REPLAYED;
import static io.tallystick.protocol.tap.TapStatus.CREATED_IN_FUTURE;
import static io.tallystick.protocol.tap.TapStatus.EXPIRED;
import static io.tallystick.protocol.tap.TapStatus.GOOD;
import static io.tallystick.protocol.tap.TapStatus.TOO_OLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.protocol.authorisation.AuthorisationVerifier;
import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.fixture.Sample;
import io.tallystick.protocol.fixture.SeededRandom;
import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TapTokenVerifierTest {
  /** A token cannot be from the future and from the past. */
  private static boolean contradict(Set<TapStatus> faults) {
    return faults.contains(CREATED_IN_FUTURE)
        && (faults.contains(EXPIRED) || faults.contains(TOO_OLD));
  }

  /** Every guard alone and every pair: the earlier of two faults is the one that is named. */
  @Test
  void namesTheFirstFault() {
    TapStatus[] faults = TapStatus.values();
    int pairs = 0;
    for (int first = 0; first < faults.length; first++) {
      for (int second = first; second < faults.length; second++) {
        Set<TapStatus> both = EnumSet.of(faults[first], faults[second]);
        both.remove(GOOD);
        if (contradict(both)) {
          continue;
        }
        TapStatus expected = both.stream().min(Enum::compareTo).orElse(GOOD);
        FaultyTap tap = new FaultyTap(both);
        assertThat(tap.verifier().verify(tap.token(), tap.check()))
            .as(both.toString())
            .isEqualTo(expected);
        pairs++;
      }
    }
    assertThat(pairs).isEqualTo(faults.length * (faults.length + 1) / 2 - 2);
  }

  private final TapTokenVerifier verifier =
      new TapTokenVerifier(AuthorisationVerifier.trusting(Sample.ROOT.publicKey()));
  private final TapToken token = Sample.token();
  private final Instant created = token.body().createdAt();

  @Test
  void verifiesUnderTheOtherProfile() {
    TapToken alternate =
        TapToken.sign(
            Sample.authorisation(NetworkProfile.ALTERNATE),
            Sample.body(),
            Sample.DEVICE,
            new SeededRandom("alternate"));
    TapToken read = TapToken.parse(alternate.encode(), NetworkProfile.ALTERNATE);
    TapCheck check = TapCheck.atTerminal(Sample.NOW, Sample.request(), TapLimits.DEFAULT);
    assertThat(verifier.verify(read, check)).isEqualTo(GOOD);
  }

  @Test
  void acceptsUpToTheEndOfValidityAndSkew() {
    Instant end = created.plusSeconds(60).plus(TapLimits.DEFAULT.clockSkew());
    assertThat(atTerminal(end.minusSeconds(1))).isEqualTo(GOOD);
    assertThat(atTerminal(end)).isEqualTo(EXPIRED);
    Instant early = created.minus(TapLimits.DEFAULT.clockSkew());
    assertThat(atTerminal(early)).isEqualTo(GOOD);
    assertThat(atTerminal(early.minusSeconds(1))).isEqualTo(CREATED_IN_FUTURE);
  }

  /** A tap made in time clears when it is uploaded after authorisation and validity have ended. */
  @Test
  void thePlatformJudgesATapByTheTimeItWasMade() {
    Instant later = created.plus(Duration.ofDays(29));
    assertThat(later).isAfter(token.authorisation().terms().expiresAt());
    assertThat(onPlatform(later)).isEqualTo(GOOD);
    assertThat(onPlatform(created.plus(Duration.ofDays(30)))).isEqualTo(GOOD);
    assertThat(onPlatform(created.plus(Duration.ofDays(30)).plusSeconds(1))).isEqualTo(TOO_OLD);
    assertThat(onPlatform(created.minus(Duration.ofMinutes(3)))).isEqualTo(CREATED_IN_FUTURE);
    TapBody late =
        TapBody.answering(Sample.request())
            .counter(Counter.of(1))
            .createdAt(token.authorisation().terms().expiresAt())
            .allowanceLeftMinor(0)
            .walletHead(token.body().walletHead())
            .build();
    TapToken signed =
        TapToken.sign(token.authorisation(), late, Sample.DEVICE, new SeededRandom("late"));
    assertThat(verifier.verify(signed, TapCheck.onPlatform(late.createdAt(), TapLimits.DEFAULT)))
        .isEqualTo(AUTHORISATION_EXPIRED);
  }

  @Test
  void refusesTheLastCounterAndAcceptsTheNext() {
    TapCheck check = TapCheck.onPlatform(Sample.NOW.plusSeconds(5), TapLimits.DEFAULT);
    assertThat(verifier.verify(token, check.withLastCounter(Counter.of(41)))).isEqualTo(GOOD);
    assertThat(verifier.verify(token, check.withLastCounter(Counter.of(42))))
        .isEqualTo(COUNTER_REPLAYED);
    assertThat(verifier.verify(token, check.withLastCounter(Counter.of(43))))
        .isEqualTo(COUNTER_REPLAYED);
  }

  @Test
  void anotherCurrencyIsAnotherAmount() {
    TapRequest inDollars =
        new TapRequest(
            Sample.MERCHANT,
            Sample.TERMINAL_ID,
            Money.of(1_850, "USD"),
            Sample.request().nonce(),
            Sample.NOW,
            Sample.request().terminalHead());
    assertThat(
            verifier.verify(token, TapCheck.atTerminal(Sample.NOW, inDollars, TapLimits.DEFAULT)))
        .isEqualTo(AMOUNT_MISMATCH);
  }

  @Test
  void allowanceLeftIsBoundedByAllowanceMinusAmount() {
    assertThat(verifyWithAllowanceLeft(20_000 - 1_850)).isEqualTo(GOOD);
    assertThat(verifyWithAllowanceLeft(20_000 - 1_850 + 1)).isEqualTo(ALLOWANCE_MISSTATED);
    assertThat(verifyWithAllowanceLeft(Long.MAX_VALUE)).isEqualTo(ALLOWANCE_MISSTATED);
    assertThat(verifyWithAllowanceLeft(Long.MIN_VALUE)).isEqualTo(GOOD);
  }

  @Test
  void takesARiskUpToTheLimitOnly() {
    assertThat(verifyAtRisk(Optional.empty())).isEqualTo(GOOD);
    assertThat(verifyAtRisk(Optional.of(Money.of(1_850, "CNY")))).isEqualTo(GOOD);
    assertThat(verifyAtRisk(Optional.of(Money.of(1_849, "CNY")))).isEqualTo(AT_RISK_REFUSED);
    assertThat(verifyAtRisk(Optional.of(Money.of(0, "CNY")))).isEqualTo(AT_RISK_REFUSED);
  }

  private TapStatus verifyAtRisk(Optional<Money> limit) {
    TapLimits limits =
        new TapLimits(Duration.ofMinutes(2), Duration.ofDays(30), Optional.empty(), limit);
    TapToken atRisk = withAllowanceLeft(-1);
    assertThat(atRisk.cover()).isEqualTo(TapCover.AT_RISK);
    return verifier.verify(atRisk, TapCheck.atTerminal(Sample.NOW, Sample.request(), limits));
  }

  private TapStatus verifyWithAllowanceLeft(long left) {
    return verifier.verify(
        withAllowanceLeft(left),
        TapCheck.atTerminal(Sample.NOW, Sample.request(), TapLimits.DEFAULT));
  }

  private TapToken withAllowanceLeft(long left) {
    TapBody body =
        TapBody.answering(Sample.request())
            .counter(Counter.of(42))
            .createdAt(Sample.NOW)
            .allowanceLeftMinor(left)
            .walletHead(token.body().walletHead())
            .build();
    return TapToken.sign(token.authorisation(), body, Sample.DEVICE, new SeededRandom("left"));
  }

  private TapStatus atTerminal(Instant now) {
    return verifier.verify(token, TapCheck.atTerminal(now, Sample.request(), TapLimits.DEFAULT));
  }

  private TapStatus onPlatform(Instant now) {
    return verifier.verify(token, TapCheck.onPlatform(now, TapLimits.DEFAULT));
  }
}
