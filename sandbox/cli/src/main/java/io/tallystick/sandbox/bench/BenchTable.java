package io.tallystick.sandbox.bench;

import java.io.PrintStream;
import java.util.Locale;

/// The figures on a terminal, each beside what it is measured by.
public final class BenchTable {
  private static final String ROW = "%-42s %12s   %s%n";

  private BenchTable() {}

  public static void print(BenchFigures figures, PrintStream out) {
    row(out, "figure", "found", "beside");
    payments(figures.payByCode(), figures.reference(), out);
    checks(figures.tapCheck(), figures.reference(), out);
    cleared(figures.clear(), out);
    figures
        .services()
        .forEach((name, starts) ->
            starts.forEach(
                (runtime, start) -> row(out, name + " ready", start(start), runtime.toString())));
    out.println();
    figures.floors().forEach(floor -> floor(floor, out));
  }

  private static void payments(
      BenchFigures.PayByCode codes, BenchFigures.Reference reference, PrintStream out) {
    row(
        out,
        "payments by code",
        rate(codes.perSecond()),
        share(codes.perSecond(), reference.tpcbPerSecond(), "TPC-B with 16 connections"));
    for (CodeLoad.Outcome one : codes.byCallers()) {
      row(
          out,
          "  " + one.callers() + " callers",
          rate(one.perSecond()),
          "p50 %s, p99 %s".formatted(millis(one.p50Millis()), millis(one.p99Millis())));
    }
    row(
        out,
        "  p99 at half load",
        millis(codes.p99MillisAtHalfLoad()),
        "p50 " + millis(codes.p50MillisAtHalfLoad()));
    codes
        .byAccounts()
        .forEach((accounts, perSecond) ->
            row(
                out,
                "  " + accounts + " accounts",
                rate(perSecond),
                codes.scaleCallers() + " callers"));
  }

  private static void checks(
      BenchFigures.TapCheck taps, BenchFigures.Reference reference, PrintStream out) {
    row(
        out,
        "tap checks, one core",
        rate(taps.perSecondPerCore()),
        share(taps.perSecondPerCore(), reference.sm2VerifyPerSecond(), "SM2 verify"));
    row(
        out,
        "  nothing remembered",
        rate(taps.coldPerSecondPerCore()),
        share(taps.coldPerSecondPerCore(), reference.sm2VerifyPerSecond(), "SM2 verify"));
  }

  private static void cleared(BenchFigures.Clear clear, PrintStream out) {
    row(
        out,
        "taps cleared, from upload",
        rate(clear.tapsPerSecond()),
        "%,d taps of %,d payers".formatted(clear.taps(), clear.payers()));
    row(out, "  one merchant", rate(clear.oneMerchantTapsPerSecond()), "");
  }

  private static void floor(BenchFigures.Floor floor, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%s  %s: %.2f, wanted %.2f%n",
        floor.held() ? "held  " : "MISSED",
        floor.what(),
        floor.found(),
        floor.wanted());
  }

  private static void row(PrintStream out, String figure, String found, String beside) {
    out.printf(Locale.ROOT, ROW, figure, found, beside);
  }

  private static String rate(double perSecond) {
    return String.format(Locale.ROOT, "%,.0f/s", perSecond);
  }

  private static String millis(double millis) {
    return String.format(Locale.ROOT, "%.1f ms", millis);
  }

  private static String share(double found, double reference, String name) {
    return String.format(Locale.ROOT, "%.2f of %,.0f/s, %s", found / reference, reference, name);
  }

  private static String start(ServiceTrial.Start start) {
    return String.format(
        Locale.ROOT, "%.1f s, %d MB", start.readySeconds(), start.residentMegabytes());
  }
}
