package io.tallystick.sandbox.cli.draw;

import static java.util.Objects.requireNonNull;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.oned.Code128Writer;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;

/// The two symbols of a payment code, one module to a pixel, quiet zone included.
public final class Symbols {
  /// ISO/IEC 15417 asks for ten modules on either side of a Code 128 symbol.
  private static final int CODE_128_QUIET_MODULES = 10;

  /// ISO/IEC 18004 asks for four modules around a QR code.
  private static final int QR_QUIET_MODULES = 4;

  /// More than the longest ride code has in Base64.
  private static final int MAX_QR_CHARACTERS = 1_000;

  private Symbols() {}

  /// Code 128, set C: two digits to a symbol character, one row high.
  ///
  /// @param digits an even number of decimal digits, 2 to 40
  public static BitMatrix code128(String digits) {
    requireNonNull(digits, "digits is null");
    if (!digits.matches("(?:[0-9]{2}){1,20}")) {
      throw new IllegalArgumentException("digits is not an even number of 2 to 40 decimal digits");
    }
    // The writer's width includes its margin on both sides; asking for width 0 gives one pixel a
    // module.
    return new Code128Writer()
        .encode(
            digits,
            BarcodeFormat.CODE_128,
            0,
            1,
            Map.of(
                EncodeHintType.FORCE_CODE_SET,
                "C",
                EncodeHintType.MARGIN,
                2 * CODE_128_QUIET_MODULES));
  }

  /// QR code at error correction level M (15 %), the smallest version that fits.
  ///
  /// @param text 1 to 1,000 characters
  public static BitMatrix qr(String text) {
    requireNonNull(text, "text is null");
    if (text.isEmpty() || text.length() > MAX_QR_CHARACTERS) {
      throw new IllegalArgumentException("text has no length from 1 to " + MAX_QR_CHARACTERS);
    }
    try {
      return new QRCodeWriter()
          .encode(
              text,
              BarcodeFormat.QR_CODE,
              0,
              0,
              Map.of(
                  EncodeHintType.ERROR_CORRECTION,
                  ErrorCorrectionLevel.M,
                  EncodeHintType.MARGIN,
                  QR_QUIET_MODULES));
    } catch (WriterException unexpected) {
      throw new AssertionError("1,000 characters fit a QR code at level M", unexpected);
    }
  }
}
