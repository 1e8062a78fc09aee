package io.tallystick.protocol.describe;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What {@link ParserRobustnessTest} demands, of inputs that a fuzzer finds by looking for new paths
 * through the parsers. The test run replays the corpus beside the class; {@code JAZZER_FUZZ=1}
 * looks for more, see {@code protocol/README.md}.
 */
class ParserFuzzTest {
  private static final List<Parsers.Parser> OF_BYTES = Parsers.ofBytes().toList();
  private static final List<Parsers.TextParser> OF_TEXT = Parsers.ofText().toList();
  private static final TokenInspector INSPECTOR = TokenInspector.ofDefaults();

  @FuzzTest(maxDuration = "1m")
  void formats(byte[] input) {
    OF_BYTES.forEach(parser -> Parsers.check(parser, input, "as fuzzed"));
    Parsers.onlyMalformed(() -> INSPECTOR.describe(input), "as fuzzed");
  }

  @FuzzTest(maxDuration = "1m")
  void texts(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    OF_TEXT.forEach(
        parser -> Parsers.onlyMalformed(() -> parser.parse().accept(text), "as fuzzed"));
  }
}
