package io.tallystick.kit.pkcs11;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/// A PIN in memory, for as long as a login takes.
final class Pin implements AutoCloseable {
  private static final int MAX_BYTES = 1024;

  private final byte[] bytes;

  private Pin(byte[] bytes) {
    this.bytes = bytes;
  }

  static Pin read(Path file) {
    byte[] content;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new TokenException("the file of the token's PIN is too large: " + file);
      }
      content = Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new TokenException("the file of the token's PIN can't be read: " + file, unreadable);
    }
    int end = content.length;
    while (end > 0 && (content[end - 1] == '\n' || content[end - 1] == '\r')) {
      end--;
    }
    byte[] pin = Arrays.copyOf(content, end);
    Arrays.fill(content, (byte) 0);
    return new Pin(pin);
  }

  /// What the provider wants; erased by the caller.
  char[] characters() {
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
    char[] characters = new char[decoded.remaining()];
    decoded.get(characters);
    Arrays.fill(decoded.array(), '\0');
    return characters;
  }

  byte[] copy() {
    return bytes.clone();
  }

  boolean is(byte[] other) {
    return MessageDigest.isEqual(bytes, other);
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
