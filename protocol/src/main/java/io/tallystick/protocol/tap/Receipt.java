package io.tallystick.protocol.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.crypto.Sm2Signature;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.FieldTrace;
import io.tallystick.protocol.wire.FileFormat;
import java.security.SecureRandom;
import java.util.Optional;

/** A terminal's signed word on a token, {@value #LENGTH} bytes: one short APDU holds it. */
public record Receipt(ReceiptStatement statement, Sm2Signature signature) {
  /** Bytes on the wire. */
  public static final int LENGTH = 225;

  public Receipt {
    requireNonNull(statement, "statement is null");
    requireNonNull(signature, "signature is null");
  }

  /** The terminal's side. */
  public static Receipt sign(
      ReceiptStatement statement, Sm2PrivateKey terminalKey, SecureRandom random) {
    if (!statement.terminalKey().equals(terminalKey.publicKey())) {
      throw new IllegalArgumentException("terminalKey is not the one the receipt names");
    }
    return new Receipt(statement, terminalKey.sign(statement.encode(), random));
  }

  public static Receipt parse(byte[] bytes) {
    return parse(ByteReader.of(bytes));
  }

  /** Parses and takes apart. */
  public static Receipt parse(byte[] bytes, FieldTrace trace) {
    return parse(ByteReader.of(bytes, trace));
  }

  private static Receipt parse(ByteReader in) {
    Receipt parsed = read(in);
    in.finish("receipt");
    return parsed;
  }

  /** Reads the next {@value #LENGTH} bytes. */
  public static Receipt read(ByteReader in) {
    ReceiptStatement statement = ReceiptStatement.read(in);
    return new Receipt(statement, Sm2Signature.read(in, "terminal signature"));
  }

  public byte[] encode() {
    return new ByteWriter().bytes(statement.encode()).bytes(signature.bytes()).toByteArray();
  }

  public String toText() {
    return FileFormat.RECEIPT.armor(encode());
  }

  public static Receipt parseText(String text) {
    return parse(FileFormat.RECEIPT.dearmor(text));
  }

  /** Whether the terminal took the token. */
  public boolean accepted() {
    return statement.decision() != TerminalDecision.REFUSED;
  }

  /**
   * The ordered guards against the token it is about.
   *
   * @param registeredKey the terminal's key as the platform knows it; a wallet offline knows none
   */
  public ReceiptStatus verify(TapToken token, Optional<Sm2PublicKey> registeredKey) {
    if (registeredKey.filter(key -> !key.equals(statement.terminalKey())).isPresent()) {
      return ReceiptStatus.KEY_MISMATCH;
    }
    if (!statement.terminalKey().verify(statement.encode(), signature)) {
      return ReceiptStatus.SIGNATURE;
    }
    TapBody body = token.body();
    if (!statement.serial().equals(token.serial())) {
      return ReceiptStatus.SERIAL_MISMATCH;
    }
    if (!statement.tokenDigest().equals(token.digest())) {
      return ReceiptStatus.TOKEN_MISMATCH;
    }
    if (!statement.amount().equals(body.amount())) {
      return ReceiptStatus.AMOUNT_MISMATCH;
    }
    if (!statement.merchant().equals(body.merchant())) {
      return ReceiptStatus.MERCHANT_MISMATCH;
    }
    if (!statement.terminal().equals(body.terminal())) {
      return ReceiptStatus.TERMINAL_MISMATCH;
    }
    return body.terminalHead().leadsTo(token.digest(), statement.terminalHead())
        ? ReceiptStatus.GOOD
        : ReceiptStatus.HEAD_MISMATCH;
  }
}
