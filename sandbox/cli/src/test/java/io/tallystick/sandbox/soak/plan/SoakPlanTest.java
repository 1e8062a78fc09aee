package io.tallystick.sandbox.soak.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoakPlanTest {
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

  @Test
  void sameSeedGivesTheSamePlanToTheByte() {
    SoakPlan plan = SoakPlan.draw(42, TWO_MINUTES);
    assertThat(SoakPlan.draw(42, TWO_MINUTES).text()).isEqualTo(plan.text());
    assertThat(SoakPlan.draw(42, TWO_MINUTES).digest()).isEqualTo(plan.digest());
    assertThat(SoakPlan.draw(43, TWO_MINUTES).digest()).isNotEqualTo(plan.digest());
  }

  /// A change of the generator changes what a seed means; whoever does it changes this too.
  @Test
  void seedMeansTheSameOnEveryMachine() {
    assertThat(SoakPlan.draw(1, TWO_MINUTES).digest())
        .isEqualTo("f122daf86c6ada167171e24032c92b7a2a84fdf99a6530f7ec242e896fec2ca9");
  }

  @Test
  void twoMinutesHoldThousandsOfStepsOfEveryKind() {
    SoakPlan plan = SoakPlan.draw(1, TWO_MINUTES);
    assertThat(plan.steps()).hasSizeGreaterThan(2_500);
    assertThat(plan.steps())
        .extracting(step -> step.intent().getClass().getSimpleName())
        .contains(names(Intent.class));
  }

  @Test
  void twoMinutesHoldMostFaultsAndTwiceThatHoldsEveryKind() {
    assertThat(SoakPlan.draw(1, TWO_MINUTES).faults()).hasSizeGreaterThan(15);
    assertThat(SoakPlan.draw(1, TWO_MINUTES.multipliedBy(2)).faults())
        .extracting(fault -> fault.fault().getClass().getSimpleName())
        .contains(names(Fault.class));
  }

  @Test
  void stepsAndFaultsComeInTheOrderOfTheirTimes() {
    SoakPlan plan = SoakPlan.draw(7, TWO_MINUTES);
    List<PlannedStep> byTime =
        plan.steps().stream().sorted(Comparator.comparingLong(PlannedStep::atMillis)).toList();
    assertThat(plan.steps()).isEqualTo(byTime);
    assertThat(plan.steps().getLast().atMillis()).isLessThan(TWO_MINUTES.toMillis());
    assertThat(plan.faults().getLast().atMillis()).isLessThan(TWO_MINUTES.toMillis());
  }

  private static String[] names(Class<?> sealed) {
    return List.of(sealed.getPermittedSubclasses()).stream()
        .filter(Record.class::isAssignableFrom)
        .map(Class::getSimpleName)
        .toArray(String[]::new);
  }
}
