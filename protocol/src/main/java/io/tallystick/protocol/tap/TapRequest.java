package io.tallystick.protocol.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.Nonce;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.model.UnixTime;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.FieldTrace;
import io.tallystick.protocol.wire.FileFormat;
import io.tallystick.protocol.wire.Tlv;
import java.time.Instant;

/**
 * What a terminal asks a wallet to sign.
 *
 * @param merchant who is to be paid
 * @param terminal that asks
 * @param amount above zero
 * @param nonce fresh for each tap
 * @param time the terminal's clock, whole seconds
 * @param terminalHead the head of the terminal's log before this tap
 */
public record TapRequest(
    MerchantId merchant,
    TerminalId terminal,
    Money amount,
    Nonce nonce,
    Instant time,
    LogHead terminalHead) {

  public TapRequest {
    requireNonNull(merchant, "merchant is null");
    requireNonNull(terminal, "terminal is null");
    requireNonNull(nonce, "nonce is null");
    requireNonNull(terminalHead, "terminalHead is null");
    if (amount.isZero()) {
      throw new IllegalArgumentException("amount is zero");
    }
    time = UnixTime.wholeSeconds(time, "time");
  }

  public static TapRequest parse(byte[] bytes) {
    return parse(ByteReader.of(bytes));
  }

  /** Parses and takes apart. */
  public static TapRequest parse(byte[] bytes, FieldTrace trace) {
    return parse(ByteReader.of(bytes, trace));
  }

  private static TapRequest parse(ByteReader in) {
    ByteReader inner = Tlv.enter(in, FileFormat.TAP_REQUEST_TAG, "request");
    in.finish("tap request");
    TapWire.Terms terms = TapWire.readTerms(inner);
    Instant time = TapWire.readTime(inner, "time");
    LogHead head = TapWire.readHead(inner, TapTag.TERMINAL_HEAD, "terminal head");
    inner.finish("tap request");
    return new TapRequest(
        terms.merchant(), terms.terminal(), terms.amount(), terms.nonce(), time, head);
  }

  public byte[] encode() {
    ByteWriter out = new ByteWriter();
    TapWire.writeTerms(out, new TapWire.Terms(amount, merchant, terminal, nonce));
    TapWire.element(out, TapTag.TIME, value -> UnixTime.write(value, time));
    TapWire.element(out, TapTag.TERMINAL_HEAD, value -> value.bytes(terminalHead.bytes()));
    return new ByteWriter().tlv(FileFormat.TAP_REQUEST_TAG, out.toByteArray()).toByteArray();
  }

  public String toText() {
    return FileFormat.TAP_REQUEST.armor(encode());
  }

  public static TapRequest parseText(String text) {
    return parse(FileFormat.TAP_REQUEST.dearmor(text));
  }
}
