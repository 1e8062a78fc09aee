package io.tallystick.protocol.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @CsvSource({
    "CNY, 156, 2", "USD, 840, 2", "EUR, 978, 2", "GBP, 826, 2", "HKD, 344, 2",
    "JPY, 392, 0", "KRW, 410, 0", "MOP, 446, 2", "SGD, 702, 2", "THB, 764, 2"
  })
  void currenciesHaveTheirNumbersOnTheWire(String currency, int number, int digits) {
    assertThat(Currencies.numericCode(currency)).isEqualTo(number);
    assertThat(Currencies.fractionDigits(currency)).isEqualTo(digits);
    ByteWriter out = new ByteWriter();
    Money money = Money.of(12_345, currency);
    money.write(out);
    assertThat(HexFormat.of().formatHex(out.toByteArray()))
        .isEqualTo("000000012345" + "0" + number);
    assertThat(Money.read(ByteReader.of(out.toByteArray()))).isEqualTo(money);
    assertThat(Currencies.SUPPORTED).hasSize(10).contains(currency);
  }

  @Test
  void moneyIsBoundedAndOfOneCurrency() {
    Money money = Money.of(1_234, "CNY");
    assertThat(money).hasToString("12.34 CNY");
    assertThat(Money.of(1_234, "JPY")).hasToString("1234 JPY");
    assertThat(money.plus(Money.of(6, "CNY"))).isEqualTo(Money.of(1_240, "CNY"));
    assertThat(money.minus(money).isZero()).isTrue();
    assertThat(money).isGreaterThan(Money.of(1_233, "CNY"));
    refused(() -> money.minus(Money.of(1_235, "CNY")));
    assertThat(money.isZero()).isFalse();
    refused(() -> money.plus(Money.of(1, "USD")));
    refused(() -> money.minus(Money.of(1, "USD")));
    refused(() -> money.compareTo(Money.of(1, "USD")));
    refused(() -> Money.of(-1, "CNY"));
    refused(() -> Money.of(Money.MAX_AMOUNT_MINOR + 1, "CNY"));
    refused(() -> Money.of(Money.MAX_AMOUNT_MINOR, "CNY").plus(money));
    refused(() -> Money.of(1, "XXX"));
    refused(() -> Money.of(1, "cny"));
  }

  /** A currency the JDK knows and the network doesn't carry. */
  @Test
  void otherCurrenciesHaveNoNumber() {
    refused(() -> Currencies.numericCode("CHF"));
    refused(() -> Currencies.fractionDigits("CHF"));
  }

  @Test
  void unknownCurrencyNumbersAreMalformed() {
    for (String bad : new String[] {"0999", "1156", "015a"}) {
      assertThatThrownBy(
              () -> Currencies.read(ByteReader.of(HexFormat.of().parseHex(bad)), "currency"))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void identifiersGoThroughTextAndBytesAndBack() {
    DeviceId device = DeviceId.parse("fedcba9876543210");
    assertThat(device).hasToString("fedcba9876543210");
    assertThat(DeviceId.of(device.bytes())).isEqualTo(device);
    assertThat(device).isGreaterThan(DeviceId.parse("7fffffffffffffff"));
    TokenSerial serial = TokenSerial.of(device, Counter.of(0xFFFF_FFFFL));
    assertThat(serial).hasToString("fedcba9876543210ffffffff");
    assertThat(TokenSerial.parse(serial.toString())).isEqualTo(serial);
    assertThat(serial).isGreaterThan(TokenSerial.of(device, Counter.of(1)));
    assertThat(Nonce.parse("00000000000000ff").bytes()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0xFF);
    refused(() -> DeviceId.of(new byte[7]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ab ", "é", "M/1", "0123456789abcdef0"})
  void refusesNamesTheWireCannotCarry(String bad) {
    refused(() -> MerchantId.of(bad));
    refused(() -> TerminalId.of(bad));
    refused(() -> AccountNumber.of(bad));
    assertThatThrownBy(() -> MerchantId.parse(bad)).isInstanceOf(MalformedException.class);
  }

  @Test
  void namesArePaddedWithSpaces() {
    ByteWriter out = new ByteWriter();
    TerminalId.of("T-1").write(out);
    assertThat(out.toByteArray()).containsExactly('T', '-', '1', ' ', ' ', ' ', ' ', ' ');
    assertThat(TerminalId.read(ByteReader.of(out.toByteArray()), "terminal"))
        .isEqualTo(TerminalId.of("T-1"));
    assertThat(MerchantId.of("123456789012345").value()).hasSize(MerchantId.LENGTH);
    refused(() -> AccountNumber.of("short"));
  }

  @Test
  void countersAndEpochsEnd() {
    assertThat(Counter.of(41).next()).isEqualTo(Counter.of(42));
    assertThat(Counter.of(42).isAfter(Counter.of(41))).isTrue();
    assertThat(Counter.of(42).isAfter(Counter.of(42))).isFalse();
    refused(() -> Counter.of(Counter.MAX_VALUE).next());
    refused(() -> Counter.of(-1));
    assertThat(KeyEpoch.of(1).next()).isEqualTo(KeyEpoch.of(2));
    refused(() -> KeyEpoch.of(0xFFFF).next());
  }

  @Test
  void timesAreWholeSecondsUntil2106() {
    Instant instant = Instant.parse("2026-03-01T10:00:00.999Z");
    assertThat(UnixTime.wholeSeconds(instant, "time")).isEqualTo("2026-03-01T10:00:00Z");
    Instant last = Instant.ofEpochSecond(0xFFFF_FFFFL);
    assertThat(UnixTime.wholeSeconds(last, "time")).isEqualTo(last);
    assertThat(UnixTime.wholeSeconds(Instant.EPOCH, "time")).isEqualTo(Instant.EPOCH);
    refused(() -> UnixTime.wholeSeconds(last.plusSeconds(1), "time"));
    refused(() -> UnixTime.wholeSeconds(Instant.parse("1969-01-01T00:00:00Z"), "time"));
  }

  private static void refused(Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class);
  }
}
