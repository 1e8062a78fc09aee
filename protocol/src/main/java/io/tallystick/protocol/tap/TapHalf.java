package io.tallystick.protocol.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.crypto.Digest;
import io.tallystick.protocol.crypto.Sm3;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.TokenSerial;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.FieldTrace;
import io.tallystick.protocol.wire.FileFormat;
import io.tallystick.protocol.wire.MalformedException;
import java.util.Optional;

/**
 * One side's record of a tap, uploaded when it is online: {@code header(4) ‖ side(1) ‖ log
 * position(36) ‖ token length(2) ‖ token ‖ receipt present(1) ‖ receipt(225 or 0)}.
 *
 * @param side whose half it is
 * @param token that was made
 * @param receipt that the terminal signed, if this side has one
 * @param position the uploader's log head after this tap
 */
public record TapHalf(Side side, TapToken token, Optional<Receipt> receipt, LogHead position) {
  /** Longest encoding. */
  public static final int MAX_LENGTH = 4 + 1 + 36 + 2 + TapToken.MAX_LENGTH + 1 + Receipt.LENGTH;

  /** Whose half; the byte on the wire is the ordinal and one. */
  public enum Side {
    WALLET,
    TERMINAL
  }

  public TapHalf {
    requireNonNull(side, "side is null");
    requireNonNull(token, "token is null");
    requireNonNull(receipt, "receipt is null");
    requireNonNull(position, "position is null");
  }

  /** The wallet's half of a tap; its position follows from the token. */
  public static TapHalf ofWallet(TapToken token, Optional<Receipt> receipt) {
    return new TapHalf(Side.WALLET, token, receipt, positionAfter(Side.WALLET, token));
  }

  /** The terminal's half of a tap; its position follows from the token. */
  public static TapHalf ofTerminal(TapToken token, Receipt receipt) {
    return new TapHalf(
        Side.TERMINAL, token, Optional.of(receipt), positionAfter(Side.TERMINAL, token));
  }

  /** Parses one of the default network. */
  public static TapHalf parse(byte[] bytes) {
    return parse(bytes, NetworkProfile.DEFAULT);
  }

  public static TapHalf parse(byte[] bytes, NetworkProfile profile) {
    return parse(ByteReader.of(bytes), profile);
  }

  /** Parses and takes apart. */
  public static TapHalf parse(byte[] bytes, NetworkProfile profile, FieldTrace trace) {
    return parse(ByteReader.of(bytes, trace), profile);
  }

  private static TapHalf parse(ByteReader in, NetworkProfile profile) {
    FileFormat.TAP_HALF.readHeader(in);
    int code = in.u8("side");
    if (code < 1 || code > Side.values().length) {
      throw new MalformedException("side", "is unknown");
    }
    Side side = Side.values()[code - 1];
    in.explain(side);
    LogHead position = LogHead.read(in, "log position");
    int length = in.bounded(in.u16("token length"), TapToken.MAX_LENGTH, "token length");
    ByteReader inner = in.nested(length, "token");
    TapToken token = TapToken.read(inner, profile);
    inner.finish("token");
    int present = in.u8("receipt present");
    if (present > 1) {
      throw new MalformedException("receipt present", "is neither 0 nor 1");
    }
    Optional<Receipt> receipt =
        present == 1
            ? Optional.of(Receipt.read(in.nested(Receipt.LENGTH, "receipt")))
            : Optional.empty();
    in.finish("tap half");
    return new TapHalf(side, token, receipt, position);
  }

  public byte[] encode() {
    byte[] encodedToken = token.encode();
    ByteWriter out =
        FileFormat.TAP_HALF
            .writeHeader(new ByteWriter())
            .u8(side.ordinal() + 1L)
            .bytes(position.bytes())
            .u16(encodedToken.length)
            .bytes(encodedToken)
            .u8(receipt.isPresent() ? 1 : 0);
    receipt.ifPresent(present -> out.bytes(present.encode()));
    return out.toByteArray();
  }

  public String toText() {
    return FileFormat.TAP_HALF.armor(encode());
  }

  public static TapHalf parseText(String text, NetworkProfile profile) {
    return parse(FileFormat.TAP_HALF.dearmor(text), profile);
  }

  public TokenSerial serial() {
    return token.serial();
  }

  /** SM3 over the encoding: the same upload again has the same. */
  public Digest digest() {
    return Sm3.hash(encode());
  }

  /** Whether the position is where the token puts it. */
  public boolean isPositionConsistent() {
    return headBefore(side, token).leadsTo(token.digest(), position);
  }

  private static LogHead positionAfter(Side side, TapToken token) {
    return headBefore(side, token).append(token.digest());
  }

  private static LogHead headBefore(Side side, TapToken token) {
    return switch (side) {
      case WALLET -> token.body().walletHead();
      case TERMINAL -> token.body().terminalHead();
    };
  }
}
