package io.tallystick.sandbox.soak.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.sandbox.platform.ServiceName;
import io.tallystick.sandbox.proxy.LinkFault;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SoakPlanTest {
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

  /// Everything a link can do to what it carries.
  private static final String[] TROUBLES =
      Stream.of(names(LinkFault.class)).filter(name -> !name.equals("None")).toArray(String[]::new);

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
        .isEqualTo("4b783dfd2b0a69d50ad4c9b6832c68e37d3622326f7939adfe28539370eb9852");
  }

  @Test
  void twoMinutesHoldThousandsOfStepsOfEveryKind() {
    SoakPlan plan = SoakPlan.draw(1, TWO_MINUTES);
    assertThat(plan.steps()).hasSizeGreaterThan(2_500);
    assertThat(plan.steps())
        .extracting(step -> step.intent().getClass().getSimpleName())
        .contains(names(Intent.class));
  }

  /// Whatever the seed: these pauses are random, and this is what bounds them.
  @Test
  void twoMinutesHoldEveryKindOfFault() {
    for (long seed = 0; seed < 500; seed++) {
      List<Fault> faults =
          SoakPlan.draw(seed, TWO_MINUTES).faults().stream().map(PlannedFault::fault).toList();
      assertThat(faults).extracting(SoakPlanTest::name).contains(names(Fault.class));
      assertThat(troubles(faults)).as("seed %d", seed).contains(TROUBLES);
      assertThat(killed(faults)).as("seed %d", seed).contains(ServiceName.values());
    }
  }

  private static List<String> troubles(List<Fault> faults) {
    return faults.stream()
        .filter(Fault.Trouble.class::isInstance)
        .map(trouble -> name(((Fault.Trouble) trouble).fault()))
        .toList();
  }

  private static List<ServiceName> killed(List<Fault> faults) {
    return faults.stream()
        .filter(Fault.KillService.class::isInstance)
        .map(kill -> ((Fault.KillService) kill).service())
        .toList();
  }

  private static String name(Object what) {
    return what.getClass().getSimpleName();
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
