package io.tallystick.protocol.authorisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.authorisation.NetworkProfile.ExpiryForm;
import io.tallystick.protocol.wire.ByteReader;
import io.tallystick.protocol.wire.ByteWriter;
import io.tallystick.protocol.wire.MalformedException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CertificateExpiryTest {
  private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

  @Test
  void aMonthEndsWithItsLastSecond() {
    CertificateExpiry expiry = read("0226", ExpiryForm.MONTH_YEAR);
    assertThat(expiry.endsAt(Instant.EPOCH, ZoneOffset.UTC))
        .isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
    assertThat(read("1299", ExpiryForm.MONTH_YEAR).endsAt(Instant.EPOCH, ZoneOffset.UTC))
        .isEqualTo(Instant.parse("2100-01-01T00:00:00Z"));
  }

  @Test
  void aDayEndsInTheYearNearestToNow() {
    CertificateExpiry expiry = read("0110", ExpiryForm.MONTH_DAY);
    assertThat(expiry.endsAt(Instant.parse("2025-12-20T00:00:00Z"), BEIJING))
        .isEqualTo(Instant.parse("2026-01-10T16:00:00Z"));
    assertThat(expiry.endsAt(Instant.parse("2026-02-20T00:00:00Z"), BEIJING))
        .isEqualTo(Instant.parse("2026-01-10T16:00:00Z"));
    CertificateExpiry december = read("1225", ExpiryForm.MONTH_DAY);
    assertThat(december.endsAt(Instant.parse("2026-01-05T00:00:00Z"), BEIJING))
        .isEqualTo(Instant.parse("2025-12-25T16:00:00Z"));
  }

  @Test
  void oneDateHasTwoForms() {
    LocalDate date = LocalDate.of(2027, 11, 30);
    assertThat(CertificateExpiry.of(date, ExpiryForm.MONTH_YEAR).digits()).isEqualTo("1127");
    assertThat(CertificateExpiry.of(date, ExpiryForm.MONTH_DAY).digits()).isEqualTo("1130");
  }

  @Test
  void writesWhatItRead() {
    for (String digits : new String[] {"0100", "1299", "0726"}) {
      ByteWriter out = new ByteWriter();
      read(digits, ExpiryForm.MONTH_YEAR).write(out);
      assertThat(HexFormat.of().formatHex(out.toByteArray())).isEqualTo(digits);
    }
  }

  @Test
  void refusesWhatIsNoDate() {
    for (String bad : new String[] {"0026", "1326", "9926", "1a26"}) {
      assertThatThrownBy(() -> read(bad, ExpiryForm.MONTH_YEAR))
          .isInstanceOf(MalformedException.class);
    }
    for (String bad : new String[] {"0230", "0431", "0100", "1301"}) {
      assertThatThrownBy(() -> read(bad, ExpiryForm.MONTH_DAY))
          .isInstanceOf(MalformedException.class);
    }
  }

  private static CertificateExpiry read(String digits, ExpiryForm form) {
    return CertificateExpiry.read(ByteReader.of(HexFormat.of().parseHex(digits)), "expiry", form);
  }
}
