package io.tallystick.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the module promises: no framework, no cycles, no clock and no randomness of its own. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tallystick.protocol");

  @Test
  void looksAtTheWholeModule() {
    assertThat(CLASSES.size()).isGreaterThan(100);
  }

  @Test
  void needsNothingButBouncyCastleAndJspecify() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.tallystick.protocol..",
            "java.lang..",
            "java.io",
            "java.math",
            "java.nio.charset",
            "java.security",
            "java.time..",
            "java.util..",
            "javax.security.auth",
            "org.bouncycastle..",
            "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void onlyCryptoKnowsBouncyCastle() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tallystick.protocol.crypto")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bouncycastle..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.tallystick.protocol.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void holdsNoClockAndNoRandomness() {
    noFields()
        .should()
        .haveRawType(Random.class)
        .orShould()
        .haveRawType(SecureRandom.class)
        .check(CLASSES);
    noClasses().should().callMethod(Instant.class, "now").check(CLASSES);
    noClasses().should().dependOnClassesThat().areAssignableTo(Clock.class).check(CLASSES);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
  }
}
