package io.tallystick.protocol.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.Counter;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.Nonce;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.model.UnixTime;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.FileFormat;
import io.tallystick.protocol.wire.MalformedException;
import io.tallystick.protocol.wire.Tlv;
import java.time.Duration;
import java.time.Instant;

/**
 * What a wallet signs for one tap: the terminal's terms and the wallet's own statements, in BER-TLV
 * of one fixed order.
 *
 * @param amount the terminal's, above zero
 * @param merchant the terminal's
 * @param terminal the terminal's
 * @param nonce the terminal's
 * @param counter the device's, never used before
 * @param createdAt the wallet's clock, the terminal's when powered off; whole seconds
 * @param validitySeconds for how long a terminal may accept it, 1 to 65535
 * @param allowanceLeftMinor the authorisation's allowance minus every tap made under it, this one
 *     included; below zero when the hold does not cover this tap
 * @param tapsSinceOnline taps made since the device was last online, this one included, 1 to 255
 * @param walletHead the head of the wallet's log before this tap
 * @param terminalHead the head of the terminal's log that the terminal sent
 * @param fingerprint of the moment
 * @param clockEvidence for {@code createdAt}
 * @param poweredOff whether a secure element signed it with the phone off
 */
public record TapBody(
    Money amount,
    MerchantId merchant,
    TerminalId terminal,
    Nonce nonce,
    Counter counter,
    Instant createdAt,
    int validitySeconds,
    long allowanceLeftMinor,
    int tapsSinceOnline,
    LogHead walletHead,
    LogHead terminalHead,
    BehaviourFingerprint fingerprint,
    ClockEvidence clockEvidence,
    boolean poweredOff) {

  private static final int POWERED_OFF_FLAG = 0x01;

  public TapBody {
    requireNonNull(merchant, "merchant is null");
    requireNonNull(terminal, "terminal is null");
    requireNonNull(nonce, "nonce is null");
    requireNonNull(counter, "counter is null");
    requireNonNull(walletHead, "walletHead is null");
    requireNonNull(terminalHead, "terminalHead is null");
    requireNonNull(fingerprint, "fingerprint is null");
    requireNonNull(clockEvidence, "clockEvidence is null");
    createdAt = UnixTime.wholeSeconds(createdAt, "createdAt");
    if (amount.isZero()) {
      throw new IllegalArgumentException("amount is zero");
    }
    if (validitySeconds < 1 || validitySeconds > 0xFFFF) {
      throw new IllegalArgumentException("validitySeconds is out of range: " + validitySeconds);
    }
    if (tapsSinceOnline < 1 || tapsSinceOnline > 0xFF) {
      throw new IllegalArgumentException("tapsSinceOnline is out of range: " + tapsSinceOnline);
    }
  }

  /** A body that repeats what the terminal asked for; the builder adds the wallet's statements. */
  public static TapBodyBuilder answering(TapRequest request) {
    return new TapBodyBuilder(request);
  }

  /** The first moment at which no terminal may accept it any more. */
  public Instant expiresAt() {
    return createdAt.plus(Duration.ofSeconds(validitySeconds));
  }

  /** Reads the next element, which has to be a tap body. */
  public static TapBody read(ByteReader in) {
    ByteReader inner = Tlv.enter(in, FileFormat.TAP_BODY_TAG, "body");
    TapWire.Terms terms = TapWire.readTerms(inner);
    Counter counter =
        TapWire.element(
            inner, TapTag.COUNTER, Counter.LENGTH, "counter", v -> Counter.read(v, "counter"));
    Instant createdAt = TapWire.readTime(inner, "created at");
    int validity = number(inner, TapTag.VALIDITY, 2, "validity");
    long allowanceLeft =
        TapWire.element(
            inner, TapTag.ALLOWANCE_LEFT, 8, "allowance left", v -> v.i64("allowance left"));
    int taps = number(inner, TapTag.TAPS_SINCE_ONLINE, 1, "taps since online");
    LogHead walletHead = TapWire.readHead(inner, TapTag.WALLET_HEAD, "wallet head");
    LogHead terminalHead = TapWire.readHead(inner, TapTag.TERMINAL_HEAD, "terminal head");
    BehaviourFingerprint fingerprint =
        TapWire.element(
            inner,
            TapTag.FINGERPRINT,
            BehaviourFingerprint.LENGTH,
            "fingerprint",
            BehaviourFingerprint::read);
    ClockEvidence clock =
        TapWire.element(
            inner,
            TapTag.CLOCK_EVIDENCE,
            ClockEvidence.LENGTH,
            "clock evidence",
            ClockEvidence::read);
    int flags = TapWire.element(inner, TapTag.FLAGS, 1, "flags", v -> v.u8("flags"));
    if ((flags & ~POWERED_OFF_FLAG) != 0) {
      throw new MalformedException("flags", "has unknown bits set");
    }
    inner.finish("tap body");
    return new TapBody(
        terms.amount(),
        terms.merchant(),
        terms.terminal(),
        terms.nonce(),
        counter,
        createdAt,
        validity,
        allowanceLeft,
        taps,
        walletHead,
        terminalHead,
        fingerprint,
        clock,
        flags == POWERED_OFF_FLAG);
  }

  public byte[] encode() {
    ByteWriter out = new ByteWriter();
    TapWire.writeTerms(out, new TapWire.Terms(amount, merchant, terminal, nonce));
    TapWire.element(out, TapTag.COUNTER, value -> value.u32(counter.value()));
    TapWire.element(out, TapTag.TIME, value -> UnixTime.write(value, createdAt));
    TapWire.element(out, TapTag.VALIDITY, value -> value.u16(validitySeconds));
    TapWire.element(out, TapTag.ALLOWANCE_LEFT, value -> value.i64(allowanceLeftMinor));
    TapWire.element(out, TapTag.TAPS_SINCE_ONLINE, value -> value.u8(tapsSinceOnline));
    TapWire.element(out, TapTag.WALLET_HEAD, value -> value.bytes(walletHead.bytes()));
    TapWire.element(out, TapTag.TERMINAL_HEAD, value -> value.bytes(terminalHead.bytes()));
    TapWire.element(out, TapTag.FINGERPRINT, fingerprint::write);
    TapWire.element(out, TapTag.CLOCK_EVIDENCE, clockEvidence::write);
    TapWire.element(out, TapTag.FLAGS, value -> value.u8(poweredOff ? POWERED_OFF_FLAG : 0));
    return new ByteWriter().tlv(FileFormat.TAP_BODY_TAG, out.toByteArray()).toByteArray();
  }

  private static int number(ByteReader in, int tag, int length, String field) {
    int value =
        TapWire.element(in, tag, length, field, v -> length == 1 ? v.u8(field) : v.u16(field));
    if (value == 0) {
      throw new MalformedException(field, "is zero");
    }
    return value;
  }
}
