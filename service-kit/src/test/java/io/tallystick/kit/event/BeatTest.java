package io.tallystick.kit.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeatTest {
  @ParameterizedTest
  @CsvSource({
    // kept, now, lost, lost after a count
    "0, 0, false, true", // nothing was ever published
    "0, 7, false, false", // first use
    "7, 0, true, true", // absent
    "7, 1, true, true", // begun anew by a count alone
    "7, 7, false, true",
    "7, 8, false, false",
    "7, 9, false, false", // a batch between them got no answer
    "7, 1099511627776, true, true", // begun anew
    "1099511627776, 1099511627777, false, false",
    "4611686018427387903, 1099511627777, true, true"
  })
  void tellsACounterThatWentOnFromOneThatIsAnother(
      long kept, long now, boolean lost, boolean lostAfterCount) {
    assertThat(Beat.lost(kept, now)).isEqualTo(lost);
    assertThat(Beat.lostAfter(kept, now)).isEqualTo(lostAfterCount);
  }
}
