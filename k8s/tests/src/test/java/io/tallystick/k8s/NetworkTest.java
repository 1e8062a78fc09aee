package io.tallystick.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.k8s.Chart.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each service reaches what it must, and nothing else; names that are called are names that exist.
class NetworkTest {
  private static final Map<String, Set<String>> CALLS =
      Map.of(
          "seed", Set.of("clearing"),
          "verify", Set.of("seed", "clearing", "risk"),
          "clearing", Set.of(),
          "risk", Set.of(),
          "notify", Set.of());

  private static final List<Environment> ISOLATED =
      List.of(Environment.PRODUCTION, Environment.AIR_GAPPED);

  /// `docs/architecture.md` says who calls whom; this table and the chart say the same.
  @Test
  void callsAreThoseOfTheArchitecture() throws java.io.IOException {
    String page = java.nio.file.Files.readString(Chart.REPOSITORY.resolve("docs/architecture.md"));
    Set<String> documented = new TreeSet<>();
    Matcher row =
        Pattern.compile(
                "(?m)^\\| (seed|verify|clearing|risk|notify) \\| (seed|verify|clearing|risk|notify)"
                    + " \\|")
            .matcher(page);
    while (row.find()) {
      documented.add(row.group(1) + "→" + row.group(2));
    }
    Set<String> here = new TreeSet<>();
    CALLS.forEach((caller, called) -> called.forEach(peer -> here.add(caller + "→" + peer)));
    assertThat(here).isEqualTo(documented);
  }

  @ParameterizedTest
  @EnumSource
  void everyCalledAddressIsAService(Environment environment) {
    List<Manifest> all = Chart.render(environment);
    for (String service : Chart.SERVICES) {
      Set<String> peers = new TreeSet<>();
      var properties = Manifest.one(all, "ConfigMap", "pay-tallystick-" + service).properties();
      for (String name : properties.stringPropertyNames()) {
        Matcher peer = Pattern.compile("tallystick\\.peers\\.(.+)\\.address").matcher(name);
        if (peer.matches()) {
          peers.add(peer.group(1));
          String[] address = properties.getProperty(name).split(":");
          String host = address[0].replace(".payments.svc.cluster.local", "");
          Manifest called = Manifest.one(all, "Service", host);
          assertThat(called.component()).isEqualTo(peer.group(1));
          assertThat(called.at("/spec/clusterIP").asText()).isEqualTo("None");
          assertThat(called.at("/spec/ports/0/port").asText()).isEqualTo(address[1]);
        }
      }
      assertThat(peers).isEqualTo(CALLS.get(service));
    }
  }

  @Test
  void certificatesNameEveryAddressAndOneIdentity() {
    List<Manifest> all = Chart.render(Environment.PRODUCTION);
    List<Manifest> certificates = Manifest.ofKind(all, "Certificate");
    assertThat(certificates).hasSize(5);
    for (Manifest certificate : certificates) {
      assertThat(texts(certificate.at("/spec/uris")))
          .containsExactly("spiffe://tallystick.io/service/" + certificate.component());
      assertThat(texts(certificate.at("/spec/usages"))).contains("server auth", "client auth");
      assertThat(certificate.at("/spec/privateKey/encoding").asText()).isEqualTo("PKCS8");
      List<String> names = texts(certificate.at("/spec/dnsNames"));
      for (Manifest service : Manifest.ofKind(all, "Service")) {
        if (service.component().equals(certificate.component())
            && !service.name().endsWith("-terminals")) {
          assertThat(names)
              .contains(
                  service.name(),
                  service.name() + ".payments.svc",
                  service.name() + ".payments.svc.cluster.local");
        }
      }
      assertThat(names).allMatch(name -> name.length() < 254);
    }
  }

  @Test
  void everyPortOfAServiceIsAContainersAndAPolicys() {
    for (Environment environment : ISOLATED) {
      List<Manifest> all = Chart.render(environment);
      for (Manifest service : Manifest.ofKind(all, "Service")) {
        Manifest deployment =
            Manifest.one(all, "Deployment", "pay-tallystick-" + service.component());
        Manifest policy =
            Manifest.one(all, "NetworkPolicy", "pay-tallystick-" + service.component());
        Set<String> containerPorts = new TreeSet<>();
        deployment
            .containers()
            .forEach(
                c -> c.path("ports").forEach(p -> containerPorts.add(p.path("name").asText())));
        Set<String> allowed = new TreeSet<>();
        policy
            .at("/spec/ingress")
            .forEach(rule -> rule.path("ports").forEach(p -> allowed.add(p.path("port").asText())));
        for (JsonNode port : service.at("/spec/ports")) {
          assertThat(containerPorts).contains(port.path("targetPort").asText());
          assertThat(allowed).contains(port.path("targetPort").asText());
        }
        assertThat(allowed).as("%s opens what nobody offers", policy).isSubsetOf(containerPorts);
      }
    }
  }

  @Test
  void everyPodIsUnderAPolicyOfBothDirections() {
    for (Environment environment : ISOLATED) {
      List<Manifest> all = Chart.render(environment);
      for (Manifest workload : all) {
        if (workload.isWorkload() && !workload.kind().equals("Pod")) {
          Manifest policy =
              Manifest.one(all, "NetworkPolicy", "pay-tallystick-" + workload.component());
          assertThat(texts(policy.at("/spec/policyTypes"))).containsExactly("Ingress", "Egress");
        }
      }
    }
  }

  @Test
  void internalGrpcIsOpenToCallersOnly() {
    List<Manifest> all = Chart.render(Environment.AIR_GAPPED);
    for (String called : List.of("seed", "clearing", "risk")) {
      Set<String> callers = new TreeSet<>();
      for (JsonNode rule :
          Manifest.one(all, "NetworkPolicy", "pay-tallystick-" + called).at("/spec/ingress")) {
        if (rule.at("/ports/0/port").asText().equals("grpc")) {
          assertThat(rule.path("from")).isNotEmpty();
          rule.path("from").forEach(from -> callers.add(component(from)));
        }
      }
      Set<String> expected = new TreeSet<>();
      CALLS.forEach((caller, peers) -> {
        if (peers.contains(called)) {
          expected.add(caller);
        }
      });
      assertThat(callers).isEqualTo(expected);
    }
  }

  @Test
  void reachesPeersThatItCallsAndNoOther() {
    List<Manifest> all = Chart.render(Environment.PRODUCTION);
    for (String service : Chart.SERVICES) {
      Set<String> reached = new TreeSet<>();
      for (JsonNode rule : egress(all, service)) {
        rule.path("to")
            .forEach(to -> {
              if (!component(to).isEmpty()) {
                reached.add(component(to));
              }
            });
      }
      assertThat(reached).isEqualTo(CALLS.get(service));
    }
  }

  @Test
  void onlyNotifyReachesTheInternet() {
    List<Manifest> all = Chart.render(Environment.PRODUCTION);
    for (String service : Chart.SERVICES) {
      List<JsonNode> worldwide = new ArrayList<>();
      for (JsonNode rule : egress(all, service)) {
        rule.path("to")
            .forEach(to -> {
              if (to.at("/ipBlock/cidr").asText().equals("0.0.0.0/0")) {
                worldwide.add(to);
              }
            });
      }
      assertThat(worldwide).hasSize(service.equals("notify") ? 1 : 0);
      worldwide.forEach(to ->
          assertThat(texts(to.at("/ipBlock/except")))
              .contains("10.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"));
    }
  }

  @Test
  void migrationsReachNamesAndTheDatabaseOnly() {
    List<Manifest> all = Chart.render(Environment.PRODUCTION);
    for (String service : Chart.SERVICES) {
      Set<String> ports = new TreeSet<>();
      for (JsonNode rule : egress(all, service + "-migration")) {
        rule.path("ports").forEach(port -> ports.add(port.path("port").asText()));
      }
      assertThat(ports).containsExactly("53", "5432");
    }
  }

  @Test
  void onlyClearingReachesTheReplicaOfTheDatabase() {
    List<Manifest> all = Chart.render(Environment.PRODUCTION);
    for (String service : Chart.SERVICES) {
      boolean reaches =
          egress(all, service)
              .valueStream()
              .flatMap(rule -> rule.path("ports").valueStream())
              .anyMatch(port -> port.path("port").asInt() == 5433);
      assertThat(reaches).isEqualTo(service.equals("clearing"));
    }
  }

  @Test
  void onlyWhatUnwrapsKeysReachesTheTransitEngine() {
    for (String service : Chart.SERVICES) {
      List<JsonNode> rules = transitRules(Chart.render(Environment.PRODUCTION), service);
      assertThat(rules).hasSize(List.of("seed", "notify").contains(service) ? 1 : 0);
      rules.forEach(rule ->
          assertThat(rule.at("/to/0/namespaceSelector/matchLabels"))
              .hasToString("{\"kubernetes.io/metadata.name\":\"vault\"}"));
      assertThat(transitRules(Chart.render(Environment.AIR_GAPPED), service)).isEmpty();
    }
  }

  private static List<JsonNode> transitRules(List<Manifest> all, String service) {
    return egress(all, service)
        .valueStream()
        .filter(rule ->
            rule.path("ports").valueStream().anyMatch(port -> port.path("port").asInt() == 8200))
        .toList();
  }

  @Test
  void theWorldSeesTheApiAndNothingElse() {
    List<Manifest> ingresses = Manifest.ofKind(Chart.render(Environment.PRODUCTION), "Ingress");
    assertThat(ingresses).hasSize(4);
    for (Manifest ingress : ingresses) {
      for (JsonNode rule : ingress.at("/spec/rules")) {
        assertThat(rule.at("/http/paths")).hasSize(1);
        assertThat(rule.at("/http/paths/0/path").asText()).isEqualTo("/v1");
      }
    }
  }

  /// ingress-nginx reads the limits from annotations; a service without any has none.
  @Test
  void limitsWhatOneAddressMayAskAtTheEdge() {
    List<Manifest> all = Chart.render(Environment.PRODUCTION);
    String nginx = "nginx.ingress.kubernetes.io/";
    assertThat(annotations(all, "seed"))
        .containsEntry(nginx + "limit-rps", "50")
        .containsEntry(nginx + "limit-burst-multiplier", "5")
        .containsEntry(nginx + "limit-connections", "200")
        .containsEntry(nginx + "limit-whitelist", "192.0.2.0/24")
        .containsEntry(nginx + "backend-protocol", "HTTPS")
        .doesNotContainKey(nginx + "limit-rpm");
    assertThat(annotations(all, "clearing").keySet()).noneMatch(name -> name.contains("limit"));

    Map<String, Object> everywhere =
        Map.of(
            "defaults.ingress.rateLimit.requestsPerMinute", 1000000,
            "services.verify.ingress.rateLimit.requestsPerMinute", 0);
    List<Manifest> limited = Chart.render(Environment.PRODUCTION, everywhere);
    assertThat(annotations(limited, "clearing")).containsEntry(nginx + "limit-rpm", "1000000");
    assertThat(annotations(limited, "verify")).doesNotContainKey(nginx + "limit-rpm");
  }

  private static Map<String, String> annotations(List<Manifest> all, String service) {
    Map<String, String> annotations = new TreeMap<>();
    Manifest.one(all, "Ingress", "pay-tallystick-" + service)
        .at("/metadata/annotations")
        .propertyStream()
        .forEach(entry -> annotations.put(entry.getKey(), entry.getValue().asText()));
    return annotations;
  }

  @Test
  void terminalsReachTheServiceWithTheirOwnCertificates() {
    List<Manifest> all = Chart.render(Environment.PRODUCTION);
    Manifest route = Manifest.ofKind(all, "TLSRoute").getFirst();
    Manifest backend =
        Manifest.one(all, "Service", route.at("/spec/rules/0/backendRefs/0/name").asText());
    assertThat(backend.component()).isEqualTo("verify");
    // Whatever a route calls a service by, its certificate must name.
    Manifest certificate = Manifest.one(all, "Certificate", "pay-tallystick-verify");
    assertThat(texts(certificate.at("/spec/dnsNames")))
        .containsAll(texts(route.at("/spec/hostnames")));
  }

  private static JsonNode egress(List<Manifest> all, String component) {
    return Manifest.one(all, "NetworkPolicy", "pay-tallystick-" + component).at("/spec/egress");
  }

  private static String component(JsonNode peer) {
    return peer.at("/podSelector/matchLabels/app.kubernetes.io~1component").asText();
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }
}
