package io.tallystick.protocol.describe;

import io.tallystick.protocol.fixture.SeededRandom;
import io.tallystick.protocol.tap.ApduCommand;
import io.tallystick.protocol.wire.MalformedException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No parser throws anything but {@link MalformedException}, and whatever it accepts it writes back
 * as it read it: one value has one encoding.
 */
class ParserRobustnessTest {
  static Stream<Parsers.Parser> parsers() {
    return Parsers.ofBytes();
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void survivesEveryTruncation(Parsers.Parser parser) {
    for (int length = 0; length <= parser.sample().length; length++) {
      Parsers.check(parser, Arrays.copyOf(parser.sample(), length), "length " + length);
    }
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void survivesEveryFlippedBit(Parsers.Parser parser) {
    // Every bit of a short format, every third of a long one: 3 and 8 share no factor.
    int step = parser.sample().length > 300 ? 3 : 1;
    for (int bit = 0; bit < 8 * parser.sample().length; bit += step) {
      byte[] flipped = parser.sample().clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Parsers.check(parser, flipped, "bit " + bit);
    }
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void survivesRandomChanges(Parsers.Parser parser) {
    SeededRandom random = new SeededRandom("robust " + parser.name());
    for (int round = 0; round < 1_000; round++) {
      byte[] changed = parser.sample().clone();
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      int cut = random.nextInt(changed.length + 1);
      int length = random.nextInt(3) == 0 ? cut : changed.length + random.nextInt(3);
      Parsers.check(parser, Arrays.copyOf(changed, length), "round " + round);
      byte[] noise = new byte[random.nextInt(700)];
      random.nextBytes(noise);
      Parsers.check(parser, noise, "noise " + round);
    }
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void theInspectorSurvivesTheSame(Parsers.Parser parser) {
    SeededRandom random = new SeededRandom("inspect " + parser.name());
    TokenInspector inspector = TokenInspector.ofDefaults();
    for (int round = 0; round < 500; round++) {
      byte[] changed = parser.sample().clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      Parsers.onlyMalformed(() -> inspector.describe(changed), "round " + round);
    }
  }

  static Stream<Parsers.TextParser> textParsers() {
    return Parsers.ofText();
  }

  @ParameterizedTest
  @MethodSource("textParsers")
  void textSurvivesChanges(Parsers.TextParser parser) {
    parser.parse().accept(parser.sample());
    SeededRandom random = new SeededRandom("text " + parser.name());
    List<String> pieces =
        List.of("", " ", "9", "-", "/", ")", "é", "٣", "\u0000", "99999999999999999999");
    for (int round = 0; round < 2_000; round++) {
      int from = random.nextInt(parser.sample().length() + 1);
      int to = from + random.nextInt(Math.min(4, parser.sample().length() - from + 1));
      String piece = pieces.get(random.nextInt(pieces.size()));
      String changed = parser.sample().substring(0, from) + piece + parser.sample().substring(to);
      Parsers.onlyMalformed(() -> parser.parse().accept(changed), changed);
    }
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void commandsSurviveAnything(Parsers.Parser parser) {
    for (int length = 0; length <= parser.sample().length; length++) {
      byte[] input = Arrays.copyOf(parser.sample(), length);
      Parsers.onlyMalformed(() -> ApduCommand.parse(input), "length " + length);
    }
  }
}
