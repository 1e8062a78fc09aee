package io.tallystick.sandbox.soak.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/// Everything that is meant to happen in one soak. The same seed and length give the same plan,
/// byte for byte; what comes of it doesn't repeat, because processes and networks don't.
///
/// @param seed it was drawn from
/// @param payers how many payers it has, from 0
/// @param tills how many tills it has, from 0
/// @param steps what payers and tills do, by time
/// @param faults what is done to the platform, by time
public record SoakPlan(
    long seed, int payers, int tills, List<PlannedStep> steps, List<PlannedFault> faults) {
  private static final int PAYERS = 30;
  private static final int TILLS = 6;

  /// Quiet at both ends: the first payments meet a whole platform, the last faults find payments to
  /// hit.
  private static final long QUIET_START_MILLIS = 4_000;

  private static final long QUIET_END_MILLIS = 8_000;

  public SoakPlan {
    steps = List.copyOf(steps);
    faults = List.copyOf(faults);
  }

  /// Draws a plan.
  public static SoakPlan draw(long seed, Duration length) {
    long millis = length.toMillis();
    return new SoakPlan(
        seed,
        PAYERS,
        TILLS,
        new StepPlan(seed, PAYERS, TILLS).draw(millis),
        new FaultPlan(seed).draw(QUIET_START_MILLIS, millis - QUIET_END_MILLIS));
  }

  /// How many steps are meant to be taken when a fault comes. Faults follow the work rather than
  /// the clock, so that a slow machine has as many in as much work.
  public int stepsBefore(PlannedFault fault) {
    int due = (int) steps.stream().filter(step -> step.atMillis() <= fault.atMillis()).count();
    return Math.max(0, due - payers);
  }

  /// The plan as text, a line a step or fault.
  public String text() {
    StringBuilder text = new StringBuilder("seed " + seed + "\n");
    steps.forEach(step -> text.append(step).append('\n'));
    faults.forEach(fault -> text.append(fault).append('\n'));
    return text.toString();
  }

  /// SHA-256 of [#text()], hexadecimal: equal plans have equal digests.
  public String digest() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /// Writes [#text()].
  public void write(Path file) throws IOException {
    Files.writeString(file, text());
  }
}
