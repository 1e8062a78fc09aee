package io.tallystick.notify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String ROOT = "io.tallystick.notify";
  private static final int FEWEST_CLASSES = 80;

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void looksAtTheWholeService() {
    assertThat(classes.size()).isGreaterThan(FEWEST_CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void adaptersDoNotKnowEachOther() {
    for (String adapter : new String[] {"rest", "smpp", "webauthn"}) {
      for (String other : new String[] {"rest", "smpp", "webauthn"}) {
        if (!adapter.equals(other)) {
          noClasses()
              .that()
              .resideInAPackage(".." + adapter + "..")
              .should()
              .dependOnClassesThat()
              .resideInAPackage(".." + other + "..")
              .check(classes);
        }
      }
    }
  }

  @Test
  void theLibrariesOfAdaptersStayInThem() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".sms.smpp..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jsmpp..")
        .check(classes);
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".face.webauthn..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.webauthn4j..")
        .check(classes);
    noClasses()
        .that()
        .resideOutsideOfPackage("..rest..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.ws.rs..")
        .check(classes);
  }
}
