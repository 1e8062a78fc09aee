package io.tallystick.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallystick.sandbox.platform.ServiceRuntime;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchFiguresTest {
  @Test
  void jsonHasTheKeysThatOthersRead() {
    JsonNode json = new ObjectMapper().valueToTree(figures(1_000));
    for (String pointer :
        List.of(
            "/payByCode/perSecond",
            "/payByCode/p99MillisAtHalfLoad",
            "/payByCode/byAccounts/1000000",
            "/reference/tpcbPerSecond",
            "/reference/sm2VerifyPerSecond",
            "/tapCheck/perSecondPerCore",
            "/clear/tapsPerSecond",
            "/services/seed-service/jvm/readySeconds",
            "/services/seed-service/jvmWithAotCache/residentMegabytes",
            "/services/seed-service/nativeExecutable/readySeconds")) {
      assertThat(json.at(pointer).isNumber()).as(pointer).isTrue();
    }
  }

  @Test
  void oneMissedFloorIsEnough() {
    assertThat(figures(1_000).hold()).isTrue();
    assertThat(figures(999).hold()).isFalse();
  }

  @Test
  void theTableSaysWhatWasMissed() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BenchTable.print(figures(999), new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("0.50 of 2,000/s, TPC-B with 16 connections")
        .contains("MISSED  payByCode.perSecond / reference.tpcbPerSecond");
  }

  @Test
  void theFiguresAreDrawn(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("bench.png");
    BenchChart.write(figures(1_000), file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isGreaterThan(1_000);
    assertThat(image.getHeight()).isGreaterThan(600);
  }

  private static BenchFigures figures(double perSecond) {
    BenchFigures.Reference reference = new BenchFigures.Reference(2_000, TpcB.SCALE, 10_000);
    Map<String, Double> byAccounts = new LinkedHashMap<>();
    for (String accounts : List.of("1000", "100000", "1000000")) {
      byAccounts.put(accounts, perSecond);
    }
    BenchFigures.PayByCode codes =
        new BenchFigures.PayByCode(
            perSecond,
            5,
            20,
            List.of(new CodeLoad.Outcome(64, perSecond, 50, 90, 1)),
            64,
            byAccounts,
            Map.of());
    ServiceTrial.Start start = new ServiceTrial.Start(2.5, 300);
    BenchFigures.TapCheck taps = new BenchFigures.TapCheck(9_000, 3_000);
    BenchFigures.Ledger ledger = new BenchFigures.Ledger(1, 2, 0);
    return new BenchFigures(
        new BenchFigures.Machine(
            2,
            "a processor",
            "25",
            ServiceRuntime.Kind.JVM_WITH_AOT_CACHE,
            List.of("-Xmx512m"),
            Map.of(),
            "now"),
        reference,
        codes,
        taps,
        new BenchFigures.Clear(500, 400, 20_000, 1_000),
        Map.of(
            "seed-service",
            Map.of(
                ServiceRuntime.Kind.JVM,
                start,
                ServiceRuntime.Kind.JVM_WITH_AOT_CACHE,
                start,
                ServiceRuntime.Kind.NATIVE_EXECUTABLE,
                start)),
        ledger,
        Bench.floors(reference, codes, taps, ledger));
  }
}
