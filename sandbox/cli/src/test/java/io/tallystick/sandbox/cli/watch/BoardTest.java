package io.tallystick.sandbox.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.sandbox.cli.watch.Board.Moment;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void showsRatesBetweenTwoScrapes() {
    String before =
        """
        # TYPE http_server_requests_seconds histogram
        http_server_requests_seconds_bucket{method="GET",status="200",uri="/v1/taps",le="0.01"} 90
        http_server_requests_seconds_bucket{method="GET",status="200",uri="/v1/taps",le="+Inf"} 100
        http_server_requests_seconds_count{method="GET",status="200",uri="/v1/taps"} 100
        http_server_requests_seconds_count{method="GET",status="200",uri="/q/health"} 7
        """;
    String after =
        """
        http_server_requests_seconds_bucket{method="GET",status="200",uri="/v1/taps",le="0.01"} 290
        http_server_requests_seconds_bucket{method="GET",status="200",uri="/v1/taps",le="+Inf"} 300
        http_server_requests_seconds_count{method="GET",status="200",uri="/v1/taps"} 300
        http_server_requests_seconds_count{method="GET",status="503",uri="/v1/taps"} 4
        http_server_requests_seconds_count{method="GET",status="200",uri="/q/health"} 900
        tallystick_outbox_age_seconds 1.5
        """;
    String row = line(board(Map.of("verify", moment(before, after))), "verify");
    assertThat(row.split("\\s+")).startsWith("verify", "102.0", "2.0", "≤", "10", "1.5");
  }

  @Test
  void saysWhatIsOutOfBalanceAndWhatIsAway() {
    Map<String, Moment> services = new LinkedHashMap<>();
    services.put(
        "clearing",
        moment(
            "",
            """
            tallystick_clearing_ledger_imbalance_minor{currency="CNY"} 3.0
            tallystick_clearing_frozen_minor{currency="CNY"} 12345.0
            """));
    services.put("notify", new Moment(null, null));
    List<String> lines = new Board(services).lines("now");
    assertThat(line(lines, "ledger")).contains("OUT OF BALANCE CNY 3");
    assertThat(line(lines, "frozen")).contains("123.45 CNY");
    assertThat(line(lines, "notify")).contains("not reachable");
    assertThat(new Board(services).line()).contains("1/2 services", "OUT OF BALANCE");
  }

  @Test
  void aRestartedServiceHasNoNegativeRates() {
    String row =
        line(
            board(
                Map.of(
                    "risk",
                    moment(
                        "grpc_server_processing_duration_seconds_count{service=\"a\"} 900",
                        "grpc_server_processing_duration_seconds_count{service=\"a\"} 1"))),
            "risk");
    assertThat(row).doesNotContain("-8");
    assertThat(row.split("\\s+")[1]).isEqualTo("0.0");
  }

  @Test
  void fitsASmallTerminal() {
    Map<String, Moment> services = new LinkedHashMap<>();
    StringBuilder much = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      much.append("tallystick_verify_code_payments_total{outcome=\"cause_number_")
          .append(i)
          .append("\"} 123456789\n");
    }
    for (String name : List.of("verify", "seed", "risk", "clearing", "notify")) {
      services.put(name, moment("", much.toString()));
    }
    List<String> lines = new Board(services).lines("now");
    assertThat(lines).hasSizeLessThanOrEqualTo(23);
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }

  @Test
  void redrawsInPlaceWithoutScrolling() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Screen screen = Screen.begin(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    bytes.reset();
    screen.draw(List.of("one", "two"));
    String frame = bytes.toString(StandardCharsets.UTF_8);
    assertThat(frame).isEqualTo("\u001b[Hone\u001b[K\r\ntwo\u001b[K\u001b[J");
    screen.close();
  }

  @Test
  void givesTheTerminalBackOnceAndDrawsNothingAfterwards() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Screen screen = Screen.begin(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    screen.close();
    screen.close();
    screen.draw(List.of("late"));
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("\u001b[?1049h\u001b[?25l\u001b[?25h\u001b[?1049l");
  }

  private static List<String> board(Map<String, Moment> services) {
    return new Board(services).lines("now");
  }

  private static Moment moment(String before, String after) {
    return new Moment(Scrape.parse(0, before), Scrape.parse(2 * SECOND, after));
  }

  private static String line(List<String> lines, String begin) {
    return lines.stream().filter(line -> line.startsWith(begin)).findFirst().orElseThrow();
  }
}
