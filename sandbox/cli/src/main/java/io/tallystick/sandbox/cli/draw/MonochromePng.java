package io.tallystick.sandbox.cli.draw;

import com.google.zxing.common.BitMatrix;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes a black-and-white PNG (ISO/IEC 15948): one bit a pixel, greyscale, no interlace.
public final class MonochromePng {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int MAX_SIDE_PIXELS = 10_000;

  private MonochromePng() {}

  /// The picture of the set modules in black on white.
  ///
  /// @param picture 1 to 10,000 pixels on each side
  public static byte[] encode(BitMatrix picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    if (width > MAX_SIDE_PIXELS || height > MAX_SIDE_PIXELS) {
      throw new IllegalArgumentException("picture is larger than " + MAX_SIDE_PIXELS + " pixels");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    // Bit depth 1, colour type 0 (greyscale), then the only compression, filter and interlace-free
    // methods.
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(new byte[] {1, 0, 0, 0, 0})
            .array();
    writeChunk(out, "IHDR", header);
    writeChunk(out, "IDAT", deflate(scanlines(picture)));
    writeChunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static byte[] scanlines(BitMatrix picture) {
    int bytesPerLine = 1 + (picture.getWidth() + 7) / 8;
    byte[] lines = new byte[bytesPerLine * picture.getHeight()];
    for (int y = 0; y < picture.getHeight(); y++) {
      // The first byte of a line names its filter; 0 is none. A set bit is white.
      int start = y * bytesPerLine + 1;
      for (int x = 0; x < picture.getWidth(); x++) {
        if (!picture.get(x, y)) {
          lines[start + x / 8] |= (byte) (0x80 >>> (x % 8));
        }
      }
    }
    return lines;
  }

  private static byte[] deflate(byte[] data) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try {
      deflater.setInput(data);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[8_192];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void writeChunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(name);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
