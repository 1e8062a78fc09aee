package io.tallystick.risk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tallystick.risk.rule.RiskRule;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What makes decisions explainable and replayable: rules that know nothing but their arguments.
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tallystick.risk");

  @Test
  void looksAtTheWholeModule() {
    assertThat(CLASSES.size()).isGreaterThan(80);
    assertThat(CLASSES.stream().filter(c -> c.isAssignableTo(RiskRule.class)).count())
        .isGreaterThan(12);
  }

  @Test
  void rulesAndWhatTheyLookAtAreFreeOfFrameworks() {
    classes()
        .that()
        .resideInAnyPackage(
            "io.tallystick.risk.rule",
            "io.tallystick.risk.history",
            "io.tallystick.risk.observation",
            "io.tallystick.risk.decision")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.tallystick.risk.rule",
            "io.tallystick.risk.history",
            "io.tallystick.risk.observation",
            "io.tallystick.risk.decision",
            "io.tallystick.protocol..",
            "java.lang..",
            "java.math",
            "java.time..",
            "java.util..",
            "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void rulesReadNoClock() {
    noClasses()
        .that()
        .resideInAnyPackage("io.tallystick.risk.rule", "io.tallystick.risk.history")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.tallystick.risk.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void waysInDoNotKnowEachOther() {
    List<String> ways = List.of("grpc", "stream", "rest", "retention");
    for (String way : ways) {
      noClasses()
          .that()
          .resideInAPackage("io.tallystick.risk." + way)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ways.stream()
                  .filter(other -> !other.equals(way))
                  .map(other -> "io.tallystick.risk." + other)
                  .toArray(String[]::new))
          .check(CLASSES);
    }
  }
}
