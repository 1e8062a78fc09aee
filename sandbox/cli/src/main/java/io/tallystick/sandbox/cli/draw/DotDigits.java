package io.tallystick.sandbox.cli.draw;

import com.google.zxing.common.BitMatrix;

/// Decimal digits of five by seven dots: the only text a code card needs, so it carries no font.
final class DotDigits {
  /// Height of a digit in dots.
  static final int HEIGHT = 7;

  private static final int WIDTH = 5;
  private static final int GAP = 1;

  /// Seven lines for each digit, the leftmost dot in bit 4.
  private static final int[][] DOTS = {
    {0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110},
    {0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110},
    {0b01110, 0b10001, 0b00001, 0b00010, 0b00100, 0b01000, 0b11111},
    {0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110},
    {0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010},
    {0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110},
    {0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110},
    {0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000},
    {0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110},
    {0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100},
  };

  private DotDigits() {}

  /// Width of the text in dots; a space is as wide as a digit.
  static int width(String text) {
    return text.length() * (WIDTH + GAP) - GAP;
  }

  /// Draws digits and spaces with their upper left corner at (left, top).
  static void draw(String text, BitMatrix picture, int left, int top, int dotPixels) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == ' ') {
        continue;
      }
      if (character < '0' || character > '9') {
        throw new IllegalArgumentException("text has other characters than digits and spaces");
      }
      drawDigit(
          DOTS[character - '0'], picture, left + i * (WIDTH + GAP) * dotPixels, top, dotPixels);
    }
  }

  private static void drawDigit(int[] rows, BitMatrix picture, int left, int top, int dotPixels) {
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        if ((rows[y] >> (WIDTH - 1 - x) & 1) == 1) {
          picture.setRegion(left + x * dotPixels, top + y * dotPixels, dotPixels, dotPixels);
        }
      }
    }
  }
}
