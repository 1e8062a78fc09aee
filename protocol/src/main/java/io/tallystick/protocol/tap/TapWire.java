package io.tallystick.protocol.tap;

import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.Currencies;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.Nonce;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.model.UnixTime;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;
import io.tallystick.protocol.wire.Tlv;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;

/** What tap request and tap body write alike, one element after the other in a fixed order. */
final class TapWire {
  static final int VERSION = 1;

  private TapWire() {}

  /** The terms both sides state: the first six elements. */
  record Terms(Money amount, MerchantId merchant, TerminalId terminal, Nonce nonce) {}

  static void writeTerms(ByteWriter out, Terms terms) {
    element(out, TapTag.VERSION, value -> value.u8(VERSION));
    element(
        out, TapTag.AMOUNT, value -> value.bcd(terms.amount.amountMinor(), Money.AMOUNT_LENGTH));
    element(out, TapTag.CURRENCY, value -> Currencies.write(value, terms.amount.currency()));
    element(out, TapTag.MERCHANT, terms.merchant::write);
    element(out, TapTag.TERMINAL, terms.terminal::write);
    element(out, TapTag.NONCE, value -> value.bytes(terms.nonce.bytes()));
  }

  static Terms readTerms(ByteReader in) {
    Tlv.enter(in, TapTag.VERSION, 1, "version").expect(VERSION, "version");
    long amountMinor =
        element(
            in, TapTag.AMOUNT, Money.AMOUNT_LENGTH, "amount", v -> Money.readAmount(v, "amount"));
    if (amountMinor == 0) {
      throw new MalformedException("amount", "is zero");
    }
    String currency =
        element(in, TapTag.CURRENCY, 2, "currency", v -> Currencies.read(v, "currency"));
    MerchantId merchant =
        element(
            in,
            TapTag.MERCHANT,
            MerchantId.LENGTH,
            "merchant",
            v -> MerchantId.read(v, "merchant"));
    TerminalId terminal =
        element(
            in,
            TapTag.TERMINAL,
            TerminalId.LENGTH,
            "terminal",
            v -> TerminalId.read(v, "terminal"));
    Nonce nonce = element(in, TapTag.NONCE, Nonce.LENGTH, "nonce", v -> Nonce.read(v, "nonce"));
    return new Terms(Money.of(amountMinor, currency), merchant, terminal, nonce);
  }

  static Instant readTime(ByteReader in, String field) {
    return element(in, TapTag.TIME, 4, field, v -> UnixTime.read(v, field));
  }

  static LogHead readHead(ByteReader in, int tag, String field) {
    return element(in, tag, LogHead.LENGTH, field, v -> LogHead.read(v, field));
  }

  static void element(ByteWriter out, int tag, Consumer<ByteWriter> write) {
    ByteWriter value = new ByteWriter();
    write.accept(value);
    out.tlv(tag, value.toByteArray());
  }

  static <T> T element(
      ByteReader in, int tag, int length, String field, Function<ByteReader, T> read) {
    ByteReader value = Tlv.enter(in, tag, length, field);
    T result = read.apply(value);
    value.finish(field);
    return result;
  }
}
