package io.tallystick.clearing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tallystick.clearing");

  @Test
  void looksAtTheWholeModule() {
    assertThat(CLASSES.size()).isGreaterThan(100);
    assertThat(rules()).hasSizeGreaterThan(7);
  }

  private static Stream<String> rules() {
    return CLASSES.stream().map(c -> c.getSimpleName()).filter(name -> name.endsWith("Rules"));
  }

  @Test
  void featuresHaveNoCycles() {
    slices().matching("io.tallystick.clearing.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void rulesDoNoInputOrOutput() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Rules")
        .or()
        .resideInAPackage("io.tallystick.clearing.ledger")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.jdbi..",
            "java.sql..",
            "java.io..",
            "io.grpc..",
            "io.quarkus..",
            "jakarta..",
            "io.tallystick.kit..",
            "..postgres..")
        .check(CLASSES);
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Rules")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "grpc, rest",
    "grpc, stream",
    "rest, grpc",
    "rest, stream",
    "stream, grpc",
    "stream, rest",
    "postgres, grpc",
    "postgres, rest",
    "postgres, stream"
  })
  void adaptersDontKnowEachOther(String one, String other) {
    noClasses()
        .that()
        .resideInAPackage("io.tallystick.clearing.." + one)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.tallystick.clearing.." + other)
        .check(CLASSES);
  }

  @Test
  void timeComesFromTheClock() {
    noClasses().should().callMethod(Instant.class, "now").check(CLASSES);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
  }
}
