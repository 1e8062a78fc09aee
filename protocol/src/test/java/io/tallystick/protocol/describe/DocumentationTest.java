package io.tallystick.protocol.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.protocol.authorisation.AuthorisationStatus;
import io.tallystick.protocol.deny.DenyStatus;
import io.tallystick.protocol.fixture.Sample;
import io.tallystick.protocol.pack.PackStatus;
import io.tallystick.protocol.proof.ProofStatus;
import io.tallystick.protocol.tap.ReceiptStatus;
import io.tallystick.protocol.tap.TapFailure;
import io.tallystick.protocol.tap.TapRefusal;
import io.tallystick.protocol.tap.TapStatus;
import io.tallystick.protocol.wire.FieldTrace.Field;
import io.tallystick.protocol.wire.FileFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages in {@code docs/protocol} name the fields, offsets and statuses that the code has. */
class DocumentationTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "protocol").normalize();

  private static Map<String, byte[]> pages() {
    Map<String, byte[]> pages = new LinkedHashMap<>();
    pages.put("issuer-certificate.md", Sample.certificate().encode());
    pages.put("authorisation.md", Sample.authorisation().encode());
    pages.put("tap-request.md", Sample.request().encode());
    pages.put("tap-token.md", Sample.token().encode());
    pages.put("receipt.md", Sample.receipt().encode());
    pages.put("tap-half.md", Sample.terminalHalf().encode());
    pages.put("deny-list.md", Sample.denyList().encode());
    pages.put("terminal-pack.md", Sample.pack().encode());
    pages.put("double-spend-proof.md", Sample.proof().encode());
    return pages;
  }

  @Test
  void everyFieldStandsOnItsPage() throws IOException {
    for (Map.Entry<String, byte[]> page : pages().entrySet()) {
      String text = Files.readString(FOLDER.resolve(page.getKey()));
      for (Field field : fields(page.getValue())) {
        boolean ownField =
            !field.path().matches(".*(authorisation|certificate|token|receipt|list).*");
        if (ownField && !field.name().endsWith(" header")) {
          assertThat(text).as(page.getKey()).contains(field.name());
        }
      }
    }
    String deltas = Files.readString(FOLDER.resolve("deny-list.md"));
    fields(Sample.denyListDelta().encode()).stream()
        .filter(field -> field.path().isEmpty())
        .forEach(field -> assertThat(deltas).contains(field.name()));
  }

  /** A row of a table that gives an offset as a number names a field that stands there. */
  @Test
  void everyOffsetIsRight() throws IOException {
    int rows = 0;
    for (Map.Entry<String, byte[]> page : pages().entrySet()) {
      String beforeDelta = Files.readString(FOLDER.resolve(page.getKey())).split("## Delta")[0];
      List<Field> fields = fields(page.getValue());
      int column = -1;
      for (String line : beforeDelta.split("\n")) {
        String[] cells = line.split("\\|");
        if (line.startsWith("| offset |")) {
          column = Arrays.stream(cells).map(String::strip).toList().indexOf("field");
        } else if (column > 0 && line.matches("\\| [0-9]+ \\|.*")) {
          int offset = Integer.parseInt(cells[1].strip());
          String name = cells[column].strip().replaceAll("\\[(.*)\\]\\(.*\\)", "$1").split(",")[0];
          assertThat(fields)
              .as(page.getKey() + ": " + line)
              .anyMatch(field -> field.offset() == offset && isCalled(field, name));
          rows++;
        }
      }
    }
    assertThat(rows).isGreaterThan(90);
  }

  private static boolean isCalled(Field field, String name) {
    return field.name().equals(name)
        || field.name().equals(name + " header")
        || field.path().matches("(.*/)?" + name + "( 0)?(/.*)?");
  }

  @Test
  void everyStatusStandsOnItsPage() throws IOException {
    assertNamed("authorisation.md", AuthorisationStatus.values());
    assertNamed("tap-token.md", TapStatus.values());
    assertNamed("receipt.md", ReceiptStatus.values());
    assertNamed("deny-list.md", DenyStatus.values());
    assertNamed("terminal-pack.md", PackStatus.values());
    assertNamed("double-spend-proof.md", ProofStatus.values());
    assertNamed("tap-exchange.md", TapFailure.values());
    String exchange = Files.readString(FOLDER.resolve("tap-exchange.md"));
    for (TapRefusal refusal : TapRefusal.values()) {
      assertThat(exchange)
          .contains("| `%04x` | `%s`".formatted(refusal.statusWord(), refusal.name()));
    }
  }

  @Test
  void theIndexNamesEveryPageVectorAndLabel() throws IOException {
    String index = Files.readString(FOLDER.resolve("README.md"));
    try (var files = Files.list(FOLDER)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
          .forEach(name -> assertThat(index).contains("(" + name + ")"));
    }
    try (var files = Files.list(FOLDER.resolve("vectors"))) {
      files.forEach(file -> assertThat(index).contains(file.getFileName().toString()));
    }
    for (FileFormat format : FileFormat.values()) {
      assertThat(index).contains("`" + format.label() + "`");
    }
  }

  private static void assertNamed(String page, Enum<?>[] statuses) throws IOException {
    String text = Files.readString(FOLDER.resolve(page));
    for (Enum<?> status : statuses) {
      assertThat(text).as(page).contains("`" + status.name() + "`");
    }
  }

  private static List<Field> fields(byte[] bytes) {
    return TokenInspector.ofDefaults().describe(bytes).fields();
  }
}
