package io.tallystick.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import io.tallystick.k8s.Chart.Environment;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every pod, whatever the values: Kubernetes' restricted Pod Security Standard, and
/// more.
class PolicyTest {
  private static final String SECRET_NAME = "(?i).*(password|secret|token|key|credential|digest).*";

  static Stream<Manifest> workloads() {
    return Stream.of(Environment.values())
        .flatMap(environment -> Chart.render(environment).stream())
        .filter(Manifest::isWorkload);
  }

  @Test
  void thereAreWorkloadsOfEachKind() {
    assertThat(workloads().map(Manifest::kind)).contains("Deployment", "Job", "Pod");
    assertThat(workloads().filter(m -> m.kind().equals("Deployment"))).hasSize(15);
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void runsAsNobodyWithoutRights(Manifest workload) {
    JsonNode pod = workload.podSpec();
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
      assertThat(pod.path(host).asBoolean()).as(host).isFalse();
    }
    assertThat(workload.containers())
        .isNotEmpty()
        .allSatisfy(container -> {
          JsonNode context = container.path("securityContext");
          assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
          assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
          assertThat(context.path("privileged").asBoolean(true)).isFalse();
          assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
          assertThat(context.at("/capabilities").has("add")).isFalse();
        });
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void hasNoTokenOfTheCluster(Manifest workload) {
    assertThat(workload.podSpec().path("automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(workload.podSpec().path("enableServiceLinks").asBoolean(true)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void statesWhatItNeedsAndMayTake(Manifest workload) {
    assertThat(workload.containers())
        .allSatisfy(container -> {
          for (String resource : List.of("cpu", "memory")) {
            String request = container.at("/resources/requests/" + resource).asText();
            String limit = container.at("/resources/limits/" + resource).asText();
            assertThat(Quantity.getAmountInBytes(Quantity.parse(request)))
                .isPositive()
                .isLessThanOrEqualTo(Quantity.getAmountInBytes(Quantity.parse(limit)));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void writesOnlyToItsTemporaryFolder(Manifest workload) {
    for (JsonNode mount :
        workload.containers().flatMap(c -> c.path("volumeMounts").valueStream()).toList()) {
      boolean temporary = mount.path("name").asText().equals("tmp");
      assertThat(mount.path("readOnly").asBoolean()).as(mount.toString()).isEqualTo(!temporary);
      // A mount of one file would never see that a Secret was changed.
      assertThat(mount.has("subPath")).isFalse();
    }
    for (JsonNode volume : workload.podSpec().path("volumes")) {
      assertThat(volume.has("hostPath")).isFalse();
      if (volume.has("emptyDir")) {
        assertThat(volume.at("/emptyDir/sizeLimit").asText()).isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void mountsEveryVolumeThatItHas(Manifest workload) {
    Set<String> volumes = names(workload.podSpec().path("volumes"));
    Set<String> mounted = new HashSet<>();
    workload
        .containers()
        .forEach(container -> mounted.addAll(names(container.path("volumeMounts"))));
    assertThat(mounted).isEqualTo(volumes);
  }

  /// What is secret comes from a Secret: never as text in a variable, never in a ConfigMap.
  @ParameterizedTest
  @MethodSource("workloads")
  void hasNoSecretInItsEnvironment(Manifest workload) {
    for (JsonNode variable :
        workload.containers().flatMap(c -> c.path("env").valueStream()).toList()) {
      String name = variable.path("name").asText();
      if (name.matches(SECRET_NAME)) {
        assertThat(variable.at("/valueFrom/secretKeyRef/name").asText()).as(name).isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void hasNoSecretInAConfigMap(Environment environment) {
    for (Manifest configMap : Manifest.ofKind(Chart.render(environment), "ConfigMap")) {
      for (String name : configMap.properties().stringPropertyNames()) {
        assertThat(name).doesNotMatch("(?i).*(password|digest-key|key-encryption\\.keys|secret)$");
      }
    }
    assertThat(Manifest.ofKind(Chart.render(environment), "Secret")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void servicesSayWhetherTheyStartedLiveAndAreReady(Environment environment) {
    for (Manifest deployment : Manifest.ofKind(Chart.render(environment), "Deployment")) {
      JsonNode container = deployment.containers().findFirst().orElseThrow();
      Set<String> ports = names(container.path("ports"));
      for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
        JsonNode http = container.at("/" + probe + "/httpGet");
        assertThat(http.path("path").asText()).startsWith("/q/health/");
        assertThat(http.path("scheme").asText()).isEqualTo("HTTPS");
        assertThat(ports).contains(http.path("port").asText());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachServiceHasAnAccountOfItsOwn(Environment environment) {
    List<Manifest> all = Chart.render(environment);
    List<String> accounts =
        Manifest.ofKind(all, "Deployment").stream()
            .map(deployment -> deployment.podSpec().path("serviceAccountName").asText())
            .toList();
    assertThat(accounts).hasSize(5).doesNotHaveDuplicates();
    for (String account : accounts) {
      Manifest manifest = Manifest.one(all, "ServiceAccount", account);
      assertThat(manifest.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
    }
  }

  /// Every selector of the chart selects what it is meant to, and nothing of another service.
  @ParameterizedTest
  @EnumSource
  void selectorsSelectTheirOwnPodsOnly(Environment environment) {
    List<Manifest> all = Chart.render(environment);
    for (Manifest selecting : all) {
      JsonNode selector =
          switch (selecting.kind()) {
            case "Service" -> selecting.at("/spec/selector");
            case "Deployment", "PodDisruptionBudget" -> selecting.at("/spec/selector/matchLabels");
            case "NetworkPolicy" -> selecting.at("/spec/podSelector/matchLabels");
            default -> null;
          };
      if (selector != null) {
        List<Manifest> selected =
            all.stream()
                .filter(Manifest::isWorkload)
                .filter(w -> matches(selector, w.podLabels()))
                .toList();
        assertThat(selected).as(selecting.toString()).hasSize(1);
        assertThat(selected.getFirst().component()).isEqualTo(selecting.component());
      }
    }
  }

  @Test
  void anotherReleaseIsNotSelected() {
    JsonNode labels =
        Manifest.one(Chart.render(Environment.DEV), "Deployment", "pay-tallystick-seed")
            .podLabels();
    assertThat(labels.path("app.kubernetes.io/instance").asText()).isEqualTo(Chart.RELEASE);
  }

  @Test
  void stopsTakingCallsBeforeItEnds() {
    for (Manifest deployment :
        Manifest.ofKind(Chart.render(Environment.PRODUCTION), "Deployment")) {
      JsonNode container = deployment.containers().findFirst().orElseThrow();
      int drain = container.at("/lifecycle/preStop/sleep/seconds").asInt();
      int grace = deployment.podSpec().path("terminationGracePeriodSeconds").asInt();
      assertThat(drain).isPositive();
      // REST, upload streams, calls, consumers, relay: docs/operations/rolling-restarts.md.
      assertThat(grace).isGreaterThanOrEqualTo(drain + 10 + 10 + 12 + 7 + 7);
    }
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void refusesValuesThatWouldNotWork(Map<String, Object> change, String says) {
    assertThatThrownBy(() -> Chart.render(Environment.PRODUCTION, change))
        .hasMessageContaining(says);
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> mistakes() {
    return Stream.of(
        mistake("databse.host", "x", "databse"),
        mistake("services.seed.replicaz", 3, "replicaz"),
        mistake("services.wallet.replicas", 3, "wallet"),
        mistake("database.host", "", "database.host is needed"),
        mistake("oidc.issuer", "", "oidc.issuer is needed"),
        mistake("oidc.issuer", "login.example.com", "oidc"),
        mistake("redis.masterName", "", "masterName is needed"),
        mistake("redis.mode", "replicated", "redis"),
        mistake("podSecurity.runAsUser", 0, "runAsUser"),
        mistake("mtls.certManager.issuerRef.name", "", "issuerRef.name is needed"),
        mistake("mtls.certManager.enabled", false, "tls.existingSecret"),
        mistake("services.verify.digestKey.name", "", "digestKey.name is needed"),
        mistake("services.seed.keyEncryption.existingSecret", "", "keyEncryption.existingSecret"),
        mistake("services.seed.keyEncryption.pkcs11.library", "/l.so", "pkcs11.slot is needed"),
        mistake("services.seed.keyEncryption.pkcs11.keyLabels[0]", "k", "pkcs11.library is needed"),
        mistake("services.seed.keyEncryption.pkcs11.environment.HSM_PIN", "x", "looks secret"),
        mistake("services.seed.keyEncryption.pkcs11.volume.hostPath.path", "/opt", "hostPath"),
        mistake("services.seed.keyEncryption.transit.key", "", "transit.key is needed"),
        mistake("services.seed.keyEncryption.transit.address", "", "transit.address is needed"),
        mistake("services.seed.keyEncryption.transit.address", "http://vault:8200", "address"),
        mistake("services.seed.keyEncryption.transit.address", "https://a@vault", "address"),
        mistake("services.seed.keyEncryption.transit.mount", "../sys", "mount"),
        mistake("services.seed.keyEncryption.transit.tokenSecret.name", "", "tokenSecret.name or"),
        mistake("services.seed.keyEncryption.transit.tokenFile", "/token", "one of them has"),
        mistake("services.seed.rootPublicKey.value", "", "rootPublicKey"),
        mistake("services.seed.ingress.rateLimit.requestsPerSecond", -1, "requestsPerSecond"),
        mistake("services.seed.ingress.rateLimit.exempt[0]", "example.com", "exempt"),
        mistake("ingress.controller", "other", "rateLimit is for ingress-nginx"),
        mistake("services.notify.smpp.host", "", "smpp.host is needed"),
        mistake("services.risk.database.existingSecret", "", "database.existingSecret is needed"),
        mistake("keda.prometheusAddress", "", "prometheusAddress is needed"));
  }

  @Test
  void refusesATokenAndATransitEngineTogether() {
    assertThatThrownBy(() ->
            Chart.render(
                Environment.AIR_GAPPED,
                Map.of(
                    "services.seed.keyEncryption.transit.address", "https://vault:8200",
                    "services.seed.keyEncryption.transit.key", "tallystick-seed",
                    "services.seed.keyEncryption.transit.tokenFile", "/vault/secrets/token")))
        .hasMessageContaining("one of them unwraps");
  }

  private static org.junit.jupiter.params.provider.Arguments mistake(
      String path, Object value, String says) {
    return org.junit.jupiter.params.provider.Arguments.of(Map.of(path, value), says);
  }

  private static boolean matches(JsonNode selector, JsonNode labels) {
    return selector
        .propertyStream()
        .allMatch(wanted -> wanted.getValue().equals(labels.path(wanted.getKey())));
  }

  private static Set<String> names(JsonNode list) {
    Set<String> names = new HashSet<>();
    list.forEach(item -> names.add(item.path("name").asText()));
    return names;
  }
}
