package io.tallystick.sandbox.cli.watch;

import java.io.PrintStream;
import java.util.List;

/// Draws in place with the control sequences that every terminal has (ECMA-48): nothing scrolls,
/// and what was on the screen comes back at the end.
final class Screen implements AutoCloseable {
  private static final String CSI = "\u001b[";
  private static final String OTHER_SCREEN = CSI + "?1049h";
  private static final String FIRST_SCREEN = CSI + "?1049l";
  private static final String HIDE_CURSOR = CSI + "?25l";
  private static final String SHOW_CURSOR = CSI + "?25h";
  private static final String HOME = CSI + "H";
  private static final String ERASE_LINE = CSI + "K";
  private static final String ERASE_BELOW = CSI + "J";

  private final PrintStream out;
  private boolean open;

  private Screen(PrintStream out) {
    this.out = out;
  }

  /// A screen that ends with this process at the latest, whatever ends it: nobody's terminal is
  /// left without a cursor.
  static Screen begin(PrintStream out) {
    Screen screen = new Screen(out);
    Runtime.getRuntime().addShutdownHook(new Thread(screen::close, "screen-end"));
    screen.open = true;
    out.print(OTHER_SCREEN + HIDE_CURSOR);
    out.flush();
    return screen;
  }

  /// Each line ends by erasing what an earlier one left.
  synchronized void draw(List<String> lines) {
    if (!open) {
      return;
    }
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

  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      out.print(SHOW_CURSOR + FIRST_SCREEN);
      out.flush();
    }
  }
}
