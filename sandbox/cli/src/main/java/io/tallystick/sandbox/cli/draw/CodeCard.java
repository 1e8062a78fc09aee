package io.tallystick.sandbox.cli.draw;

import static java.util.Objects.requireNonNull;

import com.google.zxing.common.BitMatrix;

/// A payment code as a wallet shows it: the barcode, its digits in groups of four, and the QR code
/// below.
public final class CodeCard {
  private static final int BAR_MODULE_PIXELS = 4;
  private static final int BAR_HEIGHT_PIXELS = 160;
  private static final int QR_MODULE_PIXELS = 12;
  private static final int DIGIT_DOT_PIXELS = 4;
  private static final int MARGIN_PIXELS = 24;

  /// Digits in groups of four, as a person reads them out.
  public static String grouped(String digits) {
    return digits.replaceAll("(.{4})(?=.)", "$1 ");
  }

  private CodeCard() {}

  /// The card as a PNG file.
  ///
  /// @param digits an even number of decimal digits
  public static byte[] png(String digits) {
    requireNonNull(digits, "digits is null");
    BitMatrix bars = Symbols.code128(digits);
    BitMatrix qr = Symbols.qr(digits);
    String text = grouped(digits);
    int barsWidth = bars.getWidth() * BAR_MODULE_PIXELS;
    int qrSide = qr.getWidth() * QR_MODULE_PIXELS;
    int textWidth = DotDigits.width(text) * DIGIT_DOT_PIXELS;
    int textHeight = DotDigits.HEIGHT * DIGIT_DOT_PIXELS;
    int width = Math.max(Math.max(barsWidth, qrSide), textWidth) + 2 * MARGIN_PIXELS;
    int textTop = MARGIN_PIXELS + BAR_HEIGHT_PIXELS + MARGIN_PIXELS / 2;
    int qrTop = textTop + textHeight + MARGIN_PIXELS / 2;
    BitMatrix card = new BitMatrix(width, qrTop + qrSide + MARGIN_PIXELS);
    int barsLeft = (width - barsWidth) / 2;
    for (int x = 0; x < bars.getWidth(); x++) {
      if (bars.get(x, 0)) {
        card.setRegion(
            barsLeft + x * BAR_MODULE_PIXELS, MARGIN_PIXELS, BAR_MODULE_PIXELS, BAR_HEIGHT_PIXELS);
      }
    }
    DotDigits.draw(text, card, (width - textWidth) / 2, textTop, DIGIT_DOT_PIXELS);
    enlarge(qr, card, (width - qrSide) / 2, qrTop);
    return MonochromePng.encode(card);
  }

  /// The barcode, the digits and the QR code as lines of text.
  public static String text(String digits, BlockText.Style style) {
    BitMatrix bars = Symbols.code128(digits);
    String spaced = grouped(digits);
    int indent = Math.max(0, (bars.getWidth() / 2 - spaced.length()) / 2);
    return BlockText.bars(bars, 5, style)
        + " ".repeat(indent)
        + spaced
        + "\n"
        + BlockText.square(Symbols.qr(digits), style);
  }

  private static void enlarge(BitMatrix from, BitMatrix to, int left, int top) {
    for (int y = 0; y < from.getHeight(); y++) {
      for (int x = 0; x < from.getWidth(); x++) {
        if (from.get(x, y)) {
          to.setRegion(
              left + x * QR_MODULE_PIXELS,
              top + y * QR_MODULE_PIXELS,
              QR_MODULE_PIXELS,
              QR_MODULE_PIXELS);
        }
      }
    }
  }
}
