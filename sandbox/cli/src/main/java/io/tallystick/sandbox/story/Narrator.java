package io.tallystick.sandbox.story;

import io.tallystick.protocol.tap.TapCover;
import io.tallystick.sandbox.cli.draw.BlockText;
import io.tallystick.sdk.terminal.platform.OrderState;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Tells the story to a person, and keeps the account of what was shown.
public final class Narrator {
  private static final String INDENT = "      ";

  private final PrintStream out;
  private final boolean color;
  private final List<Shown> shown = new ArrayList<>();
  private int chapter;
  private int step;

  /// A part of the story; may throw whatever the SDKs throw.
  @FunctionalInterface
  public interface Play {
    void play() throws Exception;
  }

  public Narrator(PrintStream out, boolean color) {
    this.out = Objects.requireNonNull(out, "out is null");
    this.color = color;
  }

  /// Opens a chapter.
  public void chapter(String title) {
    chapter++;
    step = 0;
    out.printf(
        "%n%s%n",
        bold("── " + chapter + ". " + title + " " + "─".repeat(Math.max(3, 72 - title.length()))));
  }

  /// Plays one step and prints how it went. An exception is the step's failure, told and counted;
  /// the next step is played all the same.
  public void step(String what, Play play) {
    step++;
    out.printf("%n  %d.%d  %s%n", chapter, step, what);
    long begun = System.nanoTime();
    boolean done = false;
    try {
      play.play();
      done = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      tell("interrupted");
    } catch (Exception e) { // Whatever it is, it is what the reader wants to know.
      tell(red("FAILED: " + reason(e)));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    shown.add(new Shown(chapter, what, done, took));
    out.printf("%s%s %s%n", INDENT, done ? green("✓") : red("✗"), dim(millis(took)));
  }

  /// Prints what happened, line by line.
  public void tell(String text) {
    text.lines().forEach(line -> out.println(INDENT + line));
  }

  /// Prints one fact, formatted; what an order came to is put into words.
  public void tell(String format, Object... arguments) {
    tell(format.formatted(Arrays.stream(arguments).map(Narrator::inWords).toArray()));
  }

  private static Object inWords(Object value) {
    return switch (value) {
      case OrderState.Paid paid -> "paid, %s (%s)".formatted(paid.amount(), paid.paymentId());
      case OrderState.Declined declined ->
          "declined, %s (%s)".formatted(declined.reason().replace('_', ' '), declined.paymentId());
      case TapCover.GUARANTEED -> "guaranteed";
      case TapCover.AT_RISK -> "at risk";
      default -> value;
    };
  }

  /// How pictures of codes come out right here.
  public BlockText.Style pictures() {
    return color ? BlockText.Style.ANSI : BlockText.Style.DARK_BLOCKS;
  }

  /// Everything shown so far.
  public List<Shown> shown() {
    return List.copyOf(shown);
  }

  /// Whether every step did what it says.
  public boolean allDone() {
    return !shown.isEmpty() && shown.stream().allMatch(Shown::done);
  }

  /// The closing table.
  public void printTable() {
    out.printf("%n%s%n", bold("── What was shown " + "─".repeat(58)));
    for (Shown row : shown) {
      out.printf(
          "  %s %d  %-72s %9s%n",
          row.done() ? green("✓") : red("✗"), row.chapter(), row.step(), millis(row.took()));
    }
    long failed = shown.stream().filter(row -> !row.done()).count();
    out.printf(
        "%n  %d steps, %s%n",
        shown.size(), failed == 0 ? green("all did what they say") : red(failed + " FAILED"));
  }

  private static String reason(Exception failure) {
    String message = failure.getMessage();
    return failure instanceof StoryFailure && message != null
        ? message
        : failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  private static String millis(Duration took) {
    return took.toMillis() < 10_000
        ? took.toMillis() + " ms"
        : "%.1f s".formatted(took.toMillis() / 1e3);
  }

  private String bold(String text) {
    return paint("1", text);
  }

  private String dim(String text) {
    return paint("2", text);
  }

  private String green(String text) {
    return paint("32", text);
  }

  private String red(String text) {
    return paint("31", text);
  }

  private String paint(String code, String text) {
    return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
