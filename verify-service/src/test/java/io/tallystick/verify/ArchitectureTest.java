package io.tallystick.verify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What the README says of the packages.
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tallystick.verify");

  @Test
  void looksAtTheWholeService() {
    assertThat(CLASSES.size()).isGreaterThan(100);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.tallystick.verify.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void rulesKnowNoFramework() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.tallystick.verify.guess",
            "io.tallystick.verify.code",
            "io.tallystick.verify.tap",
            "io.tallystick.verify.device",
            "io.tallystick.verify.terminal")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jakarta..", "io.quarkus..", "io.smallrye..", "org.jdbi..", "io.grpc..", "java.sql..")
        .check(CLASSES);
  }

  @Test
  void onlyPostgresPackagesHaveStatements() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..postgres")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jdbi.v3.core.statement..", "java.sql..")
        .check(CLASSES);
  }

  @Test
  void asksTheInjectedClockOnly() {
    noClasses().should().callMethod(Instant.class, "now").check(CLASSES);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
  }
}
