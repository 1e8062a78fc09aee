package io.tallystick.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.protocol.code.CodeNetwork;
import io.tallystick.protocol.code.OfflineCodes;
import io.tallystick.protocol.code.PaymentCode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:30Z");

  private final Codes codes = new Codes(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void everyCodeIsTakenAndEachPayersComeInRisingOrder() {
    Map<Integer, CodeMoment> last = new HashMap<>();
    int made = 0;
    Codes.Share share = codes.share(3, 6, 6);
    for (Codes.Code code = share.next(); code != null; code = share.next()) {
      CodeMoment moment = moment(code);
      CodeMoment before = last.put(code.payer(), moment);
      assertThat(before == null || moment.isAfter(before)).isTrue();
      made++;
    }
    assertThat(last.keySet()).containsExactlyInAnyOrder(3, 4, 5);
    assertThat(made).isEqualTo(3 * 2 * CodeMoment.REFRESHES_PER_MINUTE);
  }

  @Test
  void aLaterLoadUsesNoCodeAgain() {
    Codes.Share first = codes.share(0, 1, 2);
    codes.share(1, 2, 2); // Another caller of the same load.
    Codes.Code used = first.next();
    Codes.Share later = codes.share(0, 100, 100);
    assertThat(used).isNotNull();
    assertThat(moment(later.next()).isAfter(moment(used))).isTrue();
  }

  private static CodeMoment moment(Codes.Code code) {
    var parsed = (PaymentCode.OfflineCode) PaymentCode.parse(code.digits(), CodeNetwork.DEFAULT);
    return OfflineCodes.match(BenchPayers.seed(code.payer()), parsed.password(), NOW).orElseThrow();
  }
}
