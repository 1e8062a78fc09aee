package io.tallystick.protocol.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Digest;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.deny.DenyList;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.protocol.model.UnixTime;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.FileFormat;
import java.time.Instant;
import java.util.Optional;

/**
 * What a terminal says about a token, before it signs.
 *
 * @param serial of the token
 * @param tokenDigest of the token
 * @param amount of the token
 * @param merchant of the terminal
 * @param terminal that decided
 * @param time of the terminal's clock, whole seconds
 * @param terminalKey that signs
 * @param denyListVersion that was looked in, 0 for none
 * @param denyListAgeSeconds how old it was then, 0 for none; stops at what four bytes hold
 * @param terminalHead the head of the terminal's log after this token
 * @param decision what it decided
 */
public record ReceiptStatement(
    TokenSerial serial,
    Digest tokenDigest,
    Money amount,
    MerchantId merchant,
    TerminalId terminal,
    Instant time,
    Sm2PublicKey terminalKey,
    long denyListVersion,
    long denyListAgeSeconds,
    LogHead terminalHead,
    TerminalDecision decision) {

  private static final long MAX_U32 = 0xFFFF_FFFFL;

  public ReceiptStatement {
    requireNonNull(serial, "serial is null");
    requireNonNull(tokenDigest, "tokenDigest is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(merchant, "merchant is null");
    requireNonNull(terminal, "terminal is null");
    requireNonNull(terminalKey, "terminalKey is null");
    requireNonNull(terminalHead, "terminalHead is null");
    requireNonNull(decision, "decision is null");
    time = UnixTime.wholeSeconds(time, "time");
    if (denyListVersion < 0 || denyListVersion > MAX_U32) {
      throw new IllegalArgumentException("denyListVersion is out of range: " + denyListVersion);
    }
    if (denyListAgeSeconds < 0) {
      throw new IllegalArgumentException("denyListAgeSeconds is negative: " + denyListAgeSeconds);
    }
    denyListAgeSeconds = Math.min(denyListAgeSeconds, MAX_U32);
  }

  /** What a terminal says about a token that answers its request. */
  public static ReceiptStatement about(
      TapToken token,
      TerminalDecision decision,
      Instant time,
      Sm2PublicKey terminalKey,
      Optional<DenyList> denyList) {
    TapBody body = token.body();
    Digest digest = token.digest();
    return new ReceiptStatement(
        token.serial(),
        digest,
        body.amount(),
        body.merchant(),
        body.terminal(),
        time,
        terminalKey,
        denyList.map(DenyList::version).orElse(0L),
        denyList.map(list -> list.age(time).toSeconds()).orElse(0L),
        body.terminalHead().append(digest),
        decision);
  }

  static ReceiptStatement read(ByteReader in) {
    FileFormat.RECEIPT.readHeader(in);
    TokenSerial serial = TokenSerial.read(in, "serial");
    Digest tokenDigest = Digest.read(in, "token digest");
    Money amount = Money.read(in);
    MerchantId merchant = MerchantId.read(in, "merchant");
    TerminalId terminal = TerminalId.read(in, "terminal");
    Instant time = UnixTime.read(in, "time");
    Sm2PublicKey key = Sm2PublicKey.fromCompressed(in.bytes(Sm2PublicKey.LENGTH, "terminal key"));
    long denyListVersion = in.u32("deny list version");
    long denyListAge = in.u32("deny list age");
    LogHead head = LogHead.read(in, "terminal head");
    return new ReceiptStatement(
        serial,
        tokenDigest,
        amount,
        merchant,
        terminal,
        time,
        key,
        denyListVersion,
        denyListAge,
        head,
        TerminalDecision.read(in));
  }

  byte[] encode() {
    ByteWriter out =
        FileFormat.RECEIPT
            .writeHeader(new ByteWriter())
            .bytes(serial.bytes())
            .bytes(tokenDigest.bytes());
    amount.write(out);
    merchant.write(out);
    terminal.write(out);
    UnixTime.write(out, time);
    return out.bytes(terminalKey.compressed())
        .u32(denyListVersion)
        .u32(denyListAgeSeconds)
        .bytes(terminalHead.bytes())
        .u8(decision.ordinal())
        .toByteArray();
  }
}
