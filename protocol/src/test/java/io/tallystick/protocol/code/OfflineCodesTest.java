package io.tallystick.protocol.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.fixture.SeededRandom;
import io.tallystick.protocol.wire.MalformedException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OfflineCodesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:30Z");

  private final SeededRandom random = new SeededRandom("codes");
  private final Seed seed = Seed.generate(random);
  private final Alias alias = Alias.parse("0123456789");

  @Test
  void findsEveryMomentWithinAMinuteEitherSide() {
    for (int minutes = -1; minutes <= 1; minutes++) {
      for (int refresh = 0; refresh < 10; refresh++) {
        Instant wallet = NOON.plusSeconds(60L * minutes);
        String password = OfflineCodes.derive(seed, alias, wallet, refresh).password();
        assertThat(OfflineCodes.match(seed, password, NOON))
            .as("minute %d refresh %d", minutes, refresh)
            .contains(CodeMoment.at(wallet, refresh));
      }
    }
  }

  @Test
  void findsNothingTwoMinutesAway() {
    for (int minutes : new int[] {-2, 2}) {
      String password =
          OfflineCodes.derive(seed, alias, NOON.plusSeconds(60L * minutes), 0).password();
      assertThat(OfflineCodes.match(seed, password, NOON)).isEmpty();
    }
  }

  @Test
  void findsNothingForAnotherSeedOrAnUnknownAlias() {
    String password = OfflineCodes.derive(seed, alias, NOON, 0).password();
    assertThat(OfflineCodes.match(Seed.generate(random), password, NOON)).isEmpty();
    assertThat(OfflineCodes.matchUnknownAlias(password, NOON)).isEmpty();
    String ofZeroSeed =
        OfflineCodes.derive(Seed.fromBytes(new byte[32]), alias, NOON, 0).password();
    assertThat(OfflineCodes.matchUnknownAlias(ofZeroSeed, NOON)).isEmpty();
  }

  @Test
  void refusesWhatIsNoPassword() {
    for (String bad : new String[] {"", "1234567", "123456789", "1234567a", "１２３４５６７８"}) {
      assertThatThrownBy(() -> OfflineCodes.match(seed, bad, NOON))
          .isInstanceOf(MalformedException.class);
      assertThatThrownBy(() -> OfflineCodes.matchUnknownAlias(bad, NOON))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void everyRefreshGivesAnotherCode() {
    Set<String> codes = new HashSet<>();
    for (int refresh = 0; refresh < 10; refresh++) {
      codes.add(OfflineCodes.derive(seed, alias, NOON, refresh).digits());
    }
    assertThat(codes).hasSize(10);
    assertThatThrownBy(() -> OfflineCodes.derive(seed, alias, NOON, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ordersMomentsByMinuteThenRefresh() {
    CodeMoment earlier = new CodeMoment(100, 9);
    assertThat(new CodeMoment(101, 0).isAfter(earlier)).isTrue();
    assertThat(new CodeMoment(100, 8).isAfter(earlier)).isFalse();
    assertThat(new CodeMoment(100, 9).isAfter(earlier)).isFalse();
  }

  @Test
  void parsesWhatItDerived() {
    PaymentCode.OfflineCode code = OfflineCodes.derive(seed, alias, NOON, 3);
    assertThat(code.digits()).hasSize(20).startsWith("36" + alias.digits());
    assertThat(PaymentCode.parse(code.digits(), CodeNetwork.DEFAULT)).isEqualTo(code);
    assertThat(code).hasToString("OfflineCode[36…]");
    assertThat(code.toString()).doesNotContain(code.password()).doesNotContain(alias.digits());
  }

  @Test
  void tellsNetworksApartByPrefix() {
    CodeNetwork other = new CodeNetwork("81", "82");
    PaymentCode.OnlineCode online = OnlineCodes.generate(other, random);
    assertThat(PaymentCode.parse(online.digits(), other)).isEqualTo(online);
    assertThat(PaymentCode.parse(online.digits(), CodeNetwork.DEFAULT))
        .isEqualTo(new PaymentCode.UnknownCode(online.digits()));
    assertThat(online).hasToString("OnlineCode[82…]");
    assertThat(online.toString()).doesNotContain(online.digits());
    assertThatThrownBy(() -> new CodeNetwork("36", "36"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWhatIsNoCode() {
    for (String bad :
        new String[] {
          "",
          "3",
          "3".repeat(19),
          "3".repeat(21),
          "3".repeat(19) + "x",
          " " + "3".repeat(19),
          "３".repeat(20)
        }) {
      assertThatThrownBy(() -> PaymentCode.parse(bad, CodeNetwork.DEFAULT))
          .isInstanceOf(MalformedException.class);
    }
  }

  /** Phones run in locales whose numbers are not written with ASCII digits. */
  @Test
  void writesAsciiDigitsInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(Alias.generate(random).digits()).matches("[0-9]{10}");
      assertThat(OnlineCodes.generate(CodeNetwork.DEFAULT, random).digits()).matches("[0-9]{20}");
      assertThat(OfflineCodes.derive(seed, alias, NOON, 0).digits()).matches("[0-9]{20}");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aSeedNeverPrintsItselfAndCanBeDestroyed() {
    byte[] bytes = seed.toBytes();
    assertThat(seed.toString()).isEqualTo("Seed[not shown]");
    assertThat(seed).isEqualTo(Seed.fromBytes(bytes));
    assertThat(seed).isNotEqualTo(Seed.fromBytes(new byte[bytes.length]));
    assertThat(seed.isDestroyed()).isFalse();
    seed.destroy();
    assertThat(seed.isDestroyed()).isTrue();
    assertThat(seed).as("overwritten").isEqualTo(Seed.fromBytes(new byte[bytes.length]));
    assertThatThrownBy(seed::toBytes).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> OfflineCodes.derive(seed, alias, NOON, 0))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Seed.fromBytes(new byte[31])).isInstanceOf(MalformedException.class);
  }
}
