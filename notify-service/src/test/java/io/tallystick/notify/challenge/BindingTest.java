package io.tallystick.notify.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.notify.sealing.Vault;
import io.tallystick.protocol.model.Money;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What codes and face answers are bound to.
class BindingTest {
  private static final PaymentBinding PAYMENT = payment("tap_1", "shop-1", 4200, "CNY");
  private static final List<PaymentBinding> OTHERS =
      List.of(
          payment("tap_2", "shop-1", 4200, "CNY"),
          payment("tap_1", "shop-2", 4200, "CNY"),
          payment("tap_1", "shop-1", 4201, "CNY"),
          payment("tap_1", "shop-1", 4200, "USD"),
          // The same characters with other borders.
          payment("tap_1s", "hop-1", 4200, "CNY"));

  private final SmsCodes codes =
      new SmsCodes(
          new Vault(
              1,
              new TreeMap<>(
                  Map.of(
                      1,
                      new byte[16],
                      2,
                      "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))));

  @Test
  void aCodeIsRightForItsChallengeAndPaymentOnly() {
    byte[] stored = codes.hash("123456", "chl_1", PAYMENT);
    assertThat(codes.matches(stored, "123456", "chl_1", PAYMENT)).isTrue();
    assertThat(codes.matches(stored, "123457", "chl_1", PAYMENT)).isFalse();
    assertThat(codes.matches(stored, "123456", "chl_2", PAYMENT)).isFalse();
    for (PaymentBinding other : OTHERS) {
      assertThat(codes.matches(stored, "123456", "chl_1", other)).isFalse();
    }
  }

  @Test
  void aStoredCodeSurvivesARotationOfTheKey() {
    Map<Integer, byte[]> old = new TreeMap<>(Map.of(1, new byte[16]));
    byte[] stored = new SmsCodes(new Vault(1, old)).hash("123456", "chl_1", PAYMENT);
    Map<Integer, byte[]> rotated =
        new TreeMap<>(
            Map.of(
                1,
                new byte[16],
                2,
                new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}));
    assertThat(new SmsCodes(new Vault(2, rotated)).matches(stored, "123456", "chl_1", PAYMENT))
        .isTrue();
    Map<Integer, byte[]> without =
        new TreeMap<>(
            Map.of(2, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}));
    assertThat(new SmsCodes(new Vault(2, without)).matches(stored, "123456", "chl_1", PAYMENT))
        .isFalse();
  }

  @Test
  void codesAreSixDigitsAndSpread() {
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String code = codes.draw();
      assertThat(code).matches("[0-9]{6}");
      drawn.add(code);
    }
    assertThat(drawn.size()).isGreaterThan(980);
  }

  @Test
  void aFaceChallengeIsOfItsNonceChallengeAndPaymentOnly() {
    byte[] nonce = new byte[32];
    Set<String> digests = new HashSet<>();
    digests.add(digest(nonce, "chl_1", PAYMENT));
    digests.add(digest(nonce, "chl_2", PAYMENT));
    byte[] otherNonce = new byte[32];
    otherNonce[31] = 1;
    digests.add(digest(otherNonce, "chl_1", PAYMENT));
    List<PaymentBinding> others = new ArrayList<>(OTHERS);
    others.forEach(other -> digests.add(digest(nonce, "chl_1", other)));
    assertThat(digests).hasSize(3 + OTHERS.size());
    assertThat(digest(nonce, "chl_1", PAYMENT)).isEqualTo(digest(nonce, "chl_1", PAYMENT));
  }

  private static String digest(byte[] nonce, String challengeId, PaymentBinding payment) {
    return HexFormat.of().formatHex(FaceBinding.digest(nonce, challengeId, payment));
  }

  private static PaymentBinding payment(String id, String merchant, long minor, String currency) {
    return new PaymentBinding(id, merchant, Money.of(minor, currency));
  }
}
