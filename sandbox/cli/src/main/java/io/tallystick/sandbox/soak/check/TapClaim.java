package io.tallystick.sandbox.soak.check;

import io.tallystick.sandbox.soak.told.Line;
import io.tallystick.sandbox.soak.told.Line.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a terminal and a wallet know of one tap.
final class TapClaim {
  private final String serial;
  private final List<Line> lines = new ArrayList<>();
  private @Nullable Line taken;

  TapClaim(String serial) {
    this.serial = serial;
  }

  void taken(Line line) {
    taken = line;
    lines.add(line);
  }

  void addHalf(Line line) {
    lines.add(line);
  }

  String serial() {
    return serial;
  }

  String paymentId() {
    return "tap_" + serial;
  }

  /// What the terminal took; empty when it never did.
  Optional<Line> taken() {
    return Optional.ofNullable(taken);
  }

  List<Line> lines() {
    return lines;
  }

  /// Answers about the half of one side, in order.
  List<Line> told(String side) {
    return lines.stream()
        .filter(line -> line.what() == Line.What.HALF && line.phase() == Phase.TOLD)
        .filter(line -> line.fact("side").equals(side))
        .toList();
  }

  /// Whether the platform said that it has the half of one side.
  boolean has(String side) {
    return told(side).stream().anyMatch(TapClaim::saysTaken);
  }

  /// Whether the platform had said that it has this half before the question was asked that
  /// `answer` answers. Two uploads at the same time may be answered in any order.
  boolean wasTakenBefore(Line answer) {
    String side = answer.fact("side");
    int asked = lines.size();
    for (int i = lines.indexOf(answer); i >= 0; i--) {
      Line line = lines.get(i);
      if (line.what() == Line.What.HALF
          && line.phase() == Phase.ASKS
          && line.step() == answer.step()
          && line.fact("side").equals(side)) {
        asked = i;
      }
    }
    return lines.subList(0, Math.min(asked, lines.indexOf(answer))).stream()
        .filter(line -> line.what() == Line.What.HALF && line.phase() == Phase.TOLD)
        .anyMatch(line -> line.fact("side").equals(side) && saysTaken(line));
  }

  private static boolean saysTaken(Line line) {
    return line.fact("outcome").equals("accepted") || line.fact("outcome").equals("duplicate");
  }

  /// Whether one side sent its half at all.
  boolean sent(String side) {
    return lines.stream()
        .anyMatch(line ->
            line.what() == Line.What.HALF
                && line.phase() == Phase.ASKS
                && line.fact("side").equals(side));
  }
}
