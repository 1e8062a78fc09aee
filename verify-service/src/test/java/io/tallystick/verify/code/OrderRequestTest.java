package io.tallystick.verify.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.model.Money;
import org.junit.jupiter.api.Test;

class OrderRequestTest {
  private static final CodeDigests DIGESTS = new CodeDigests(new byte[32]);
  private static final String CODE = "36012345678900000001";

  private final OrderRequest first = new OrderRequest(DIGESTS.code(CODE), Money.of(100, "CNY"));

  @Test
  void namesEveryFieldThatDiffers() {
    OrderRequest other =
        new OrderRequest(DIGESTS.code("36012345678900000002"), Money.of(101, "USD"));

    assertThat(first.differencesTo(other))
        .containsExactly("code", "amount.amount_minor", "amount.currency");
    assertThat(first.differencesTo(first)).isEmpty();
  }

  @Test
  void hasAPositiveAmount() {
    assertThatThrownBy(() -> new OrderRequest(DIGESTS.code(CODE), Money.of(0, "CNY")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void digestsUnderTheKeyOnly() {
    byte[] otherKey = new byte[32];
    otherKey[0] = 1;

    assertThat(DIGESTS.code(CODE)).isEqualTo(new CodeDigests(new byte[32]).code(CODE));
    assertThat(DIGESTS.code(CODE)).isNotEqualTo(new CodeDigests(otherKey).code(CODE));
    assertThat(DIGESTS.alias(CODE)).isEqualTo(DIGESTS.alias("36012345678999999999"));
    assertThat(DIGESTS.alias(CODE)).isNotEqualTo(DIGESTS.code(CODE));
    assertThatThrownBy(() -> new CodeDigests(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
