package io.tallystick.verify.code;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Digest;
import io.tallystick.protocol.crypto.Sm3;
import java.nio.charset.StandardCharsets;

/// Digests that stand for codes and aliases where they are stored: HMAC-SM3, so that twenty digits
/// cannot be found by trying them all without the key.
public final class CodeDigests {
  private static final byte[] CODE = "tallystick code\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ALIAS = "tallystick alias\n".getBytes(StandardCharsets.US_ASCII);
  private static final int SHORTEST_KEY = 32;
  private static final int ALIAS_END = 12;

  private final byte[] key;

  public CodeDigests(byte[] key) {
    if (requireNonNull(key, "key is null").length < SHORTEST_KEY) {
      throw new IllegalArgumentException("the digest key is shorter than 32 bytes");
    }
    this.key = key.clone();
  }

  /// Of the twenty digits.
  public Digest code(String digits) {
    return Digest.of(Sm3.hmac(key, CODE, digits.getBytes(StandardCharsets.US_ASCII)));
  }

  /// Of prefix and alias, the first twelve digits. An online code has no alias; its first twelve
  /// digits are random and do no harm.
  public Digest alias(String digits) {
    String alias = digits.substring(0, ALIAS_END);
    return Digest.of(Sm3.hmac(key, ALIAS, alias.getBytes(StandardCharsets.US_ASCII)));
  }

  @Override
  public String toString() {
    return "CodeDigests[***]";
  }
}
