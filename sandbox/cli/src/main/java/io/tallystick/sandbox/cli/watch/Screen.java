package io.tallystick.sandbox.cli.watch;

import java.io.PrintStream;
import java.util.List;

/// Draws in place with the control sequences that every terminal has (ECMA-48): nothing scrolls,
/// and what was on the screen comes back at the end.
final class Screen {
  private static final String CSI = "\u001b[";
  private static final String OTHER_SCREEN = CSI + "?1049h";
  private static final String FIRST_SCREEN = CSI + "?1049l";
  private static final String HIDE_CURSOR = CSI + "?25l";
  private static final String SHOW_CURSOR = CSI + "?25h";
  private static final String HOME = CSI + "H";
  private static final String ERASE_LINE = CSI + "K";
  private static final String ERASE_BELOW = CSI + "J";

  private Screen() {}

  static void begin(PrintStream out) {
    out.print(OTHER_SCREEN + HIDE_CURSOR);
    out.flush();
  }

  /// Each line ends by erasing what an earlier one left.
  static void draw(PrintStream out, List<String> lines) {
    StringBuilder frame = new StringBuilder(HOME);
    for (int i = 0; i < lines.size(); i++) {
      frame.append(lines.get(i)).append(ERASE_LINE);
      if (i < lines.size() - 1) {
        frame.append("\r\n");
      }
    }
    out.print(frame.append(ERASE_BELOW));
    out.flush();
  }

  static void end(PrintStream out) {
    out.print(SHOW_CURSOR + FIRST_SCREEN);
    out.flush();
  }
}
