package io.tallystick.sandbox.cli.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.NotFoundException;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.oned.Code128Reader;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class CodeCardTest {
  private static final String DIGITS = "36012345678998765432";

  @Test
  void code128OfTwentyDigitsHasSetCsLength() {
    assertThat(Symbols.code128(DIGITS).getWidth()).isEqualTo(145 + 2 * 10);
  }

  @Test
  void barsInBlockCharactersReadBack() throws ReaderException {
    Random random = new Random(20260101);
    for (int i = 0; i < 100; i++) {
      String digits = digits(random);
      for (BlockText.Style style : BlockText.Style.values()) {
        BitMatrix read = unblock(BlockText.bars(Symbols.code128(digits), 20, style), style, true);
        Result result = new Code128Reader().decode(bitmap(enlarge(read, 4)));
        assertThat(result.getText()).isEqualTo(digits);
        assertThat(result.getBarcodeFormat()).isEqualTo(BarcodeFormat.CODE_128);
      }
    }
  }

  @Test
  void qrInBlockCharactersReadsBack() throws ReaderException {
    Random random = new Random(20260102);
    for (int i = 0; i < 100; i++) {
      String digits = digits(random);
      for (BlockText.Style style : BlockText.Style.values()) {
        BitMatrix read = unblock(BlockText.square(Symbols.qr(digits), style), style, false);
        assertThat(new QRCodeReader().decode(bitmap(enlarge(read, 6))).getText()).isEqualTo(digits);
      }
    }
  }

  @Test
  void fitsATerminalOfOneHundredColumns() {
    assertThat(CodeCard.text(DIGITS, BlockText.Style.DARK_BLOCKS).lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
  }

  @Test
  void pngIsReadByAnIndependentReaderAndHoldsBothSymbols() throws IOException, ReaderException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(CodeCard.png(DIGITS)));

    assertThat(image.getColorModel().getPixelSize()).isEqualTo(1);
    BinaryBitmap bitmap = bitmap(matrix(image));
    assertThat(new Code128Reader().decode(bitmap).getText()).isEqualTo(DIGITS);
    assertThat(new QRCodeReader().decode(bitmap).getText()).isEqualTo(DIGITS);
  }

  @Test
  void pngOfEveryWidthKeepsEveryPixel() throws IOException {
    Random random = new Random(20260103);
    for (int width = 1; width <= 40; width++) {
      BitMatrix picture = new BitMatrix(width, 1 + random.nextInt(9));
      for (int y = 0; y < picture.getHeight(); y++) {
        for (int x = 0; x < width; x++) {
          if (random.nextBoolean()) {
            picture.set(x, y);
          }
        }
      }
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(MonochromePng.encode(picture)));
      assertThat(matrix(read)).isEqualTo(picture);
    }
  }

  @Test
  void refusesWhatIsNoEvenNumberOfDigits() {
    for (String wrong : new String[] {"", "1", "123", "12a4", "1".repeat(42)}) {
      assertThatThrownBy(() -> Symbols.code128(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Symbols.qr("")).isInstanceOf(IllegalArgumentException.class);
  }

  static String digits(Random random) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  /// Turns block characters back into modules, as an eye in front of the terminal would.
  private static BitMatrix unblock(String text, BlockText.Style style, boolean sideBySide) {
    String[] lines = text.replaceAll("\u001b\\[[0-9;]*m", "").split("\n");
    int perRow = sideBySide ? 1 : 2;
    int perColumn = sideBySide ? 2 : 1;
    BitMatrix modules = new BitMatrix(lines[0].length() * perColumn, lines.length * perRow);
    boolean invert = style == BlockText.Style.LIGHT_BLOCKS;
    for (int y = 0; y < lines.length; y++) {
      for (int x = 0; x < lines[y].length(); x++) {
        char character = lines[y].charAt(x);
        boolean first = "█▌▀".indexOf(character) >= 0;
        boolean second = "█▐▄".indexOf(character) >= 0;
        if (first != invert) {
          modules.set(x * perColumn, y * perRow);
        }
        if (second != invert) {
          modules.set(x * perColumn + perColumn - 1, y * perRow + perRow - 1);
        }
      }
    }
    return modules;
  }

  private static BitMatrix enlarge(BitMatrix modules, int scale) {
    BitMatrix large = new BitMatrix(modules.getWidth() * scale, modules.getHeight() * scale);
    for (int y = 0; y < modules.getHeight(); y++) {
      for (int x = 0; x < modules.getWidth(); x++) {
        if (modules.get(x, y)) {
          large.setRegion(x * scale, y * scale, scale, scale);
        }
      }
    }
    return large;
  }

  private static BitMatrix matrix(BufferedImage image) {
    BitMatrix matrix = new BitMatrix(image.getWidth(), image.getHeight());
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if ((image.getRGB(x, y) & 0xFF) == 0) {
          matrix.set(x, y);
        }
      }
    }
    return matrix;
  }

  private static BinaryBitmap bitmap(BitMatrix matrix) throws NotFoundException {
    return new BinaryBitmap(new GlobalHistogramBinarizer(new Pixels(matrix)));
  }

  /// Modules as the grey values a camera would see.
  private static final class Pixels extends LuminanceSource {
    private final BitMatrix matrix;

    Pixels(BitMatrix matrix) {
      super(matrix.getWidth(), matrix.getHeight());
      this.matrix = matrix;
    }

    @Override
    public byte[] getRow(int y, byte[] row) {
      byte[] grey = row == null || row.length < getWidth() ? new byte[getWidth()] : row;
      Arrays.fill(grey, (byte) 0xFF);
      for (int x = 0; x < getWidth(); x++) {
        if (matrix.get(x, y)) {
          grey[x] = 0;
        }
      }
      return grey;
    }

    @Override
    public byte[] getMatrix() {
      byte[] all = new byte[getWidth() * getHeight()];
      for (int y = 0; y < getHeight(); y++) {
        System.arraycopy(getRow(y, new byte[getWidth()]), 0, all, y * getWidth(), getWidth());
      }
      return all;
    }
  }
}
