package io.tallystick.sandbox.bench;

import io.tallystick.sandbox.platform.ServiceRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/// The figures as a picture: four bar charts, each beside its reference.
public final class BenchChart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 420;

  private BenchChart() {}

  public static void write(BenchFigures figures, Path file) throws IOException {
    List<CategoryChart> charts =
        List.of(payments(figures), accounts(figures), taps(figures), starts(figures));
    Path absolute = file.toAbsolutePath();
    String name = absolute.toString();
    BitmapEncoder.saveBitmap(
        charts,
        2,
        2,
        name.endsWith(".png") ? name.substring(0, name.length() - 4) : name,
        BitmapFormat.PNG);
  }

  private static CategoryChart payments(BenchFigures figures) {
    List<String> names = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    figures
        .payByCode()
        .byCallers()
        .forEach(one -> {
          names.add(one.callers() + " callers");
          values.add(one.perSecond());
        });
    names.add("TPC-B");
    values.add(figures.reference().tpcbPerSecond());
    return bars("Payments by code", "per second", names, values);
  }

  private static CategoryChart accounts(BenchFigures figures) {
    return bars(
        "Payments by code, by accounts",
        "per second",
        List.copyOf(figures.payByCode().byAccounts().keySet()),
        List.copyOf(figures.payByCode().byAccounts().values()));
  }

  private static CategoryChart taps(BenchFigures figures) {
    return bars(
        "Taps",
        "per second",
        List.of("check", "cold", "SM2 verify", "cleared", "one merchant"),
        List.of(
            figures.tapCheck().perSecondPerCore(),
            figures.tapCheck().coldPerSecondPerCore(),
            figures.reference().sm2VerifyPerSecond(),
            figures.clear().tapsPerSecond(),
            figures.clear().oneMerchantTapsPerSecond()));
  }

  private static CategoryChart starts(BenchFigures figures) {
    CategoryChart chart = chart("Start of a replica", "seconds");
    chart.getStyler().setLegendVisible(true);
    List<String> names =
        figures.services().keySet().stream().map(n -> n.replace("-service", "")).toList();
    Set<ServiceRuntime.Kind> runtimes =
        figures.services().values().stream()
            .flatMap(starts -> starts.keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    for (ServiceRuntime.Kind runtime : runtimes) {
      chart.addSeries(
          runtime.toString(),
          names,
          figures.services().values().stream()
              .map(starts -> rounded(starts.get(runtime).readySeconds()))
              .toList());
    }
    return chart;
  }

  private static CategoryChart bars(
      String title, String unit, List<String> names, List<Double> values) {
    CategoryChart chart = chart(title, unit);
    chart.addSeries(title, names, values.stream().map(BenchChart::rounded).toList());
    return chart;
  }

  /// To one decimal: what a label beside a bar can show.
  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private static CategoryChart chart(String title, String unit) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .yAxisTitle(unit)
            .build();
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    chart.getStyler().setLabelsVisible(true);
    chart.getStyler().setAvailableSpaceFill(0.6);
    return chart;
  }
}
