package io.tallystick.clearing.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReviewRulesTest {
  @ParameterizedTest
  @CsvSource({
    // amount, limit, officers
    "100000, 100000, 1",
    "100001, 100000, 2",
    "1,           0, 2",
    "1000000000000, 1000000000000, 1",
  })
  void aLargeAmountNeedsTwoOfficers(long amountMinor, long limitMinor, int officers) {
    assertThat(ReviewRules.officersNeeded(amountMinor, limitMinor)).isEqualTo(officers);
  }

  @ParameterizedTest
  @CsvSource({
    // decisions made, officers needed, outcome
    "'',                        1, ",
    "'',                        2, ",
    "RELEASE,                   1, RELEASE",
    "RETURN,                    1, RETURN",
    "RELEASE,                   2, ",
    "RELEASE RETURN,            2, ",
    "RELEASE RETURN RETURN,     2, RETURN",
    "RETURN RELEASE RELEASE,    2, RELEASE",
    "RELEASE RELEASE,           2, RELEASE",
  })
  void whatEnoughOfficersShareIsDone(String made, int needed, Decision outcome) {
    List<Review> reviews = new ArrayList<>();
    for (String decision : made.isEmpty() ? new String[0] : made.split(" ")) {
      reviews.add(
          new Review(
              "officer" + reviews.size(), Decision.valueOf(decision), "seen", Instant.EPOCH));
    }
    if (outcome == null) {
      assertThat(ReviewRules.outcome(reviews, needed)).isEmpty();
    } else {
      assertThat(ReviewRules.outcome(reviews, needed)).contains(outcome);
    }
  }
}
