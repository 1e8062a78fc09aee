package io.tallystick.protocol.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.authorisation.NetworkProfile;
import io.tallystick.protocol.code.CodeNetwork;
import io.tallystick.protocol.fixture.Sample;
import io.tallystick.protocol.wire.FieldTrace.Field;
import io.tallystick.protocol.wire.FileFormat;
import io.tallystick.protocol.wire.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenInspectorTest {
  private final TokenInspector inspector = TokenInspector.ofDefaults();

  private static Map<FileFormat, byte[]> samples() {
    Map<FileFormat, byte[]> samples = new LinkedHashMap<>();
    samples.put(FileFormat.ISSUER_CERTIFICATE, Sample.certificate().encode());
    samples.put(FileFormat.AUTHORISATION, Sample.authorisation().encode());
    samples.put(FileFormat.TAP_TOKEN, Sample.token().encode());
    samples.put(FileFormat.TAP_REQUEST, Sample.request().encode());
    samples.put(FileFormat.RECEIPT, Sample.receipt().encode());
    samples.put(FileFormat.TAP_HALF, Sample.terminalHalf().encode());
    samples.put(FileFormat.DENY_LIST, Sample.denyList().encode());
    samples.put(FileFormat.DENY_LIST_DELTA, Sample.denyListDelta().encode());
    samples.put(FileFormat.TERMINAL_PACK, Sample.pack().encode());
    samples.put(FileFormat.DOUBLE_SPEND_PROOF, Sample.proof().encode());
    return samples;
  }

  @Test
  void knowsEveryFormatRawAndInArmour() {
    assertThat(samples()).containsOnlyKeys(FileFormat.values());
    samples()
        .forEach((format, bytes) -> {
          Inspection raw = inspector.describe(bytes);
          assertThat(raw.format()).isEqualTo(format.label());
          assertThat(raw.length()).isEqualTo(bytes.length);
          String armor = format.armor(bytes);
          assertThat(inspector.describe(armor)).isEqualTo(raw);
          byte[] file = ("\n" + armor).getBytes(StandardCharsets.US_ASCII);
          assertThat(inspector.describe(file)).isEqualTo(raw);
        });
  }

  /** Every byte belongs to exactly one field, in order, and is shown as it is. */
  @Test
  void leavesNoByteOut() {
    samples()
        .forEach((format, bytes) -> {
          int offset = 0;
          for (Field field : inspector.describe(bytes).fields()) {
            assertThat(field.offset()).as(format + " " + field).isEqualTo(offset);
            if (field.length() <= 64) {
              assertThat(HexFormat.of().formatHex(bytes, offset, offset + field.length()))
                  .isEqualTo(field.hex());
            }
            offset += field.length();
          }
          assertThat(offset).as(format.label()).isEqualTo(bytes.length);
        });
  }

  @Test
  void saysWhatFieldsMean() {
    Inspection inspection = inspector.describe(Sample.proof().encode());
    assertThat(inspection.fields())
        .anySatisfy(field -> {
          assertThat(field.path()).isEqualTo("second token/body");
          assertThat(field.name()).isEqualTo("merchant");
          assertThat(field.meaning()).isIn("M-TEAHOUSE", "M-BOOKSHOP");
        })
        .anySatisfy(field -> {
          assertThat(field.path()).isEqualTo("first token/authorisation/issuer certificate");
          assertThat(field.name()).isEqualTo("expiry");
          assertThat(field.meaning()).isEqualTo("end of 2026-06");
        });
    assertThat(inspection.toText()).contains("DOUBLE SPEND PROOF").contains("first token/body");
  }

  @Test
  void takesCodesApart() {
    Inspection offline = inspector.describe("36012345678998765432\n");
    assertThat(offline.format()).isEqualTo("PAYMENT CODE");
    assertThat(offline.fields())
        .extracting(Field::hex)
        .containsExactly("36", "0123456789", "98765432");
    byte[] file = "37012345678998765432\n".getBytes(StandardCharsets.US_ASCII);
    assertThat(inspector.describe(file).fields().get(0).meaning()).isEqualTo("online code");
    assertThat(inspector.describe("99".repeat(10)).fields().get(0).meaning())
        .isEqualTo("another network's");
  }

  @Test
  void readsWithTheProfileItWasGiven() {
    TokenInspector alternate = new TokenInspector(NetworkProfile.ALTERNATE, CodeNetwork.DEFAULT);
    byte[] bytes = Sample.authorisation(NetworkProfile.ALTERNATE).encode();
    assertThat(alternate.describe(bytes).format()).isEqualTo("AUTHORISATION");
    assertThatThrownBy(() -> inspector.describe(bytes)).isInstanceOf(MalformedException.class);
  }

  @Test
  void knowsNoOtherFormat() {
    for (byte[] other :
        new byte[][] {
          {}, {'T'}, {'T', 'S', 99, 1}, {'T', 'S', 1, 2}, {0x24}, new byte[276], {'h', 'i'}
        }) {
      assertThatThrownBy(() -> inspector.describe(other)).isInstanceOf(MalformedException.class);
    }
  }
}
