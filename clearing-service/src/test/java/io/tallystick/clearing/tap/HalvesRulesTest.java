package io.tallystick.clearing.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.clearing.payment.Reason;
import io.tallystick.clearing.payment.Works;
import io.tallystick.clearing.tap.HalvesRules.Verdict;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.tap.TapHalf.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalvesRulesTest {
  @ParameterizedTest
  @CsvSource({
    // wallet receipt, terminal receipt (- no receipt, x no half), other token, state, rules
    "100, x,   false, wallet-only,   ",
    "-,   x,   false, wallet-only,   ",
    "x,   100, false, terminal-only, ",
    "100, 100, false, matched,       ",
    "-,   100, false, matched,       ",
    "99,  100, false, disputed, receipt_amount",
    "100, 99,  false, disputed, receipt_amount",
    "99,  x,   false, disputed, receipt_amount",
    "100, 100, true,  disputed, token_digest",
    "99,  98,  true,  disputed, receipt_amount receipt_amount token_digest",
  })
  void judges(
      String wallet, String terminal, boolean otherToken, String state, @Nullable String rules) {
    List<Half> halves = new ArrayList<>();
    if (!wallet.equals("x")) {
      halves.add(half(Side.WALLET, "aa", wallet, "m1", 20));
    }
    if (!terminal.equals("x")) {
      halves.add(half(Side.TERMINAL, otherToken ? "bb" : "aa", terminal, "m1", 10));
    }
    Verdict verdict = HalvesRules.judge(halves);
    assertThat(verdict.state().text()).isEqualTo(state);
    assertThat(String.join(" ", verdict.reasons().stream().map(Reason::rule).toList()))
        .isEqualTo(rules == null ? "" : rules);
    assertThat(HalvesRules.judge(halves.reversed())).isEqualTo(verdict);
  }

  @Test
  void aReceiptOfAnotherMerchantIsADispute() {
    Verdict verdict = HalvesRules.judge(List.of(half(Side.WALLET, "aa", "100", "m2", 10)));
    assertThat(verdict.state().text()).isEqualTo("disputed");
    assertThat(verdict.reasons().getFirst().inputs()).containsEntry("receipt", "m2");
  }

  private static Half half(
      Side side, String digest, String receipt, String receiptMerchant, long seconds) {
    Half.Receipt signed =
        receipt.equals("-")
            ? null
            : new Half.Receipt("cc", Money.of(Long.parseLong(receipt), "CNY"), receiptMerchant);
    return new Half(
        Works.tap(100),
        side,
        Works.NOW,
        Works.NOW.plusSeconds(seconds),
        digest,
        signed,
        false,
        false,
        0);
  }
}
