package io.tallystick.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.k8s.Chart.Environment;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the cluster's API would say to each object: fields it doesn't know, values of another type.
class KubernetesTypesTest {
  @ParameterizedTest
  @EnumSource
  void everyObjectHasOnlyFieldsOfItsKind(Environment environment) {
    for (Manifest manifest : Chart.render(environment)) {
      KubernetesTypes.read(manifest);
    }
  }

  @Test
  void everyKindIsRenderedBySomeEnvironment() {
    TreeSet<String> kinds = new TreeSet<>();
    for (Environment environment : Environment.values()) {
      Chart.render(environment).forEach(m -> kinds.add(m.apiVersion() + "/" + m.kind()));
    }
    assertThat(kinds).containsExactlyElementsOf(new TreeSet<>(KubernetesTypes.known()));
  }

  @ParameterizedTest
  @EnumSource
  void namesAreUniqueAndFitLabels(Environment environment) {
    List<String> names =
        Chart.render(environment).stream().map(m -> m.kind() + "/" + m.name()).toList();
    assertThat(names).doesNotHaveDuplicates();
    assertThat(Chart.render(environment))
        .allSatisfy(m -> assertThat(m.name()).matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"));
  }

  @Test
  void aFieldThatDoesNotExistIsRefused() {
    for (Manifest manifest : Chart.render(Environment.PRODUCTION)) {
      if (manifest.document().has("spec")) {
        ObjectNode document = manifest.document().deepCopy();
        ((ObjectNode) document.get("spec")).put("replicaz", 3);
        assertThatThrownBy(() -> KubernetesTypes.read(new Manifest(document)))
            .as(manifest.toString())
            .hasMessageContaining("replicaz");
      }
    }
  }
}
