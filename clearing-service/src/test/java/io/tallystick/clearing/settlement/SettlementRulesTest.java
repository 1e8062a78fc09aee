package io.tallystick.clearing.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.clearing.settlement.SettlementRules.Figures;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettlementRulesTest {
  @ParameterizedTest
  @CsvSource({
    // gross, refunds, carried in, returned, carried over, net
    "1000,   0,   0,    0,   0, 1000",
    "1000, 300,   0,  300,   0,  700",
    "1000, 300, 200,  500,   0,  500",
    "1000, 900, 200, 1000, 100,    0",
    "   0,   0, 100,    0, 100,    0",
    "   0,  50, 100,    0, 150,    0",
  })
  void deductsNoMoreThanTheGross(
      long gross, long refunds, long carriedIn, long returned, long carried, long net) {
    assertThat(SettlementRules.close(gross, refunds, carriedIn))
        .isEqualTo(new Figures(gross, returned, carried, net));
  }
}
