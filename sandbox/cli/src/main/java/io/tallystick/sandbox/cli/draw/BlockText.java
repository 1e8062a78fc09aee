package io.tallystick.sandbox.cli.draw;

import static java.util.Objects.requireNonNull;

import com.google.zxing.common.BitMatrix;

/// Draws modules with block characters, two modules to a character: side by side for bars, one
/// above the other for a QR code, whose modules come out nearly square that way.
public final class BlockText {
  private static final String ANSI_ON = "\u001b[30;107m";
  private static final String ANSI_OFF = "\u001b[0m";

  /// How dark modules are told from light ones.
  public enum Style {
    /// Black on white by escape sequences, whatever the terminal's own colours are.
    ANSI,
    /// A block is a dark module: right on paper and on a light background.
    DARK_BLOCKS,
    /// A block is a light module: right on a dark background without colours.
    LIGHT_BLOCKS
  }

  private BlockText() {}

  /// A one-row symbol as `rows` equal lines, half as many characters wide as it has modules.
  public static String bars(BitMatrix row, int rows, Style style) {
    requireNonNull(style, "style is null");
    if (rows < 1 || rows > 100) {
      throw new IllegalArgumentException("rows is not from 1 to 100: " + rows);
    }
    boolean invert = style == Style.LIGHT_BLOCKS;
    StringBuilder line = new StringBuilder();
    for (int x = 0; x < row.getWidth(); x += 2) {
      boolean left = row.get(x, 0) != invert;
      boolean right = (x + 1 < row.getWidth() && row.get(x + 1, 0)) != invert;
      line.append(pick(left, right, '▌', '▐'));
    }
    return lines(style, line.toString()).repeat(rows);
  }

  /// A square symbol, half as many lines high as it has modules.
  public static String square(BitMatrix symbol, Style style) {
    requireNonNull(style, "style is null");
    boolean invert = style == Style.LIGHT_BLOCKS;
    StringBuilder out = new StringBuilder();
    for (int y = 0; y < symbol.getHeight(); y += 2) {
      StringBuilder line = new StringBuilder();
      for (int x = 0; x < symbol.getWidth(); x++) {
        boolean upper = symbol.get(x, y) != invert;
        boolean lower = (y + 1 < symbol.getHeight() && symbol.get(x, y + 1)) != invert;
        line.append(pick(upper, lower, '▀', '▄'));
      }
      out.append(lines(style, line.toString()));
    }
    return out.toString();
  }

  private static char pick(boolean first, boolean second, char onlyFirst, char onlySecond) {
    if (first && second) {
      return '█';
    }
    if (first) {
      return onlyFirst;
    }
    return second ? onlySecond : ' ';
  }

  private static String lines(Style style, String line) {
    return style == Style.ANSI ? ANSI_ON + line + ANSI_OFF + "\n" : line + "\n";
  }
}
