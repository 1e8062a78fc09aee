package io.tallystick.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.k8s.Chart.Environment;
import io.tallystick.k8s.ReadProperties.Property;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every property that the services read can be set, by name; what they require is set.
class ConfigurationTest {
  private static final Path CATALOGUE = Chart.FOLDER.resolve("files/properties.yaml");

  /// `-Dchart.write-properties` writes the catalogue anew.
  @Test
  void catalogueHasEveryPropertyThatTheServicesRead() throws IOException {
    String expected = catalogue();
    if (System.getProperty("chart.write-properties") != null) {
      Files.writeString(CATALOGUE, expected);
    }
    assertThat(Files.readString(CATALOGUE)).isEqualTo(expected);
  }

  @Test
  void theScanFindsEachWayOfReading() {
    Map<String, Property> kit = read("kit");
    Map<String, Property> notification = read("notify");
    assertThat(kit.get("tallystick.database.url")).isEqualTo(new Property(null, true));
    assertThat(kit.get("tallystick.host")).isEqualTo(new Property("0.0.0.0", false));
    assertThat(kit.get("tallystick.peers.*.address")).isEqualTo(new Property(null, false));
    assertThat(notification).containsKey("tallystick.notify.key-encryption.file"); // inherited
    assertThat(notification.get("tallystick.notify.challenge.sms.tries")) // nested
        .isEqualTo(new Property("5", false));
    assertThat(notification).containsKey("tallystick.notify.face-verdict.vendors.*.jwks-url");
    assertThat(read("verify").get("tallystick.verify.code.digest-key"))
        .isEqualTo(new Property(null, true));
    assertThat(kit).hasSizeGreaterThan(45);
  }

  @ParameterizedTest
  @EnumSource
  void whatAServiceRequiresIsSet(Environment environment) {
    for (String service : Chart.SERVICES) {
      Set<String> missing = new TreeSet<>();
      required(service).forEach(name -> missing.add(name));
      missing.removeAll(setProperties(environment, service).stringPropertyNames());
      missing.removeIf(name -> environmentNames(environment, service).contains(variable(name)));
      assertThat(missing).as("%s in %s", service, environment).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsSetThatNobodyReads(Environment environment) {
    for (String service : Chart.SERVICES) {
      Map<String, Property> known = new TreeMap<>(read("kit"));
      known.putAll(read(service));
      assertThat(setProperties(environment, service).stringPropertyNames())
          .filteredOn(name -> name.startsWith("tallystick."))
          .allMatch(name -> known.keySet().stream().anyMatch(key -> matches(key, name)));
    }
  }

  /// Each property gets a value through `config`, and arrives in the service's file as it was
  /// given.
  @Test
  void everyPropertyReachesItsService() {
    for (String service : Chart.SERVICES) {
      Map<String, String> given = new LinkedHashMap<>();
      Map<String, Object> changes = new LinkedHashMap<>();
      Map<String, Property> known = new TreeMap<>(read("kit"));
      known.putAll(read(service));
      for (String name : known.keySet()) {
        String concrete = name.replace("*", "acme");
        if (isSecret(concrete)) {
          changes.put("services.%s.secretConfig.%s.name".formatted(service, escape(concrete)), "s");
          changes.put("services.%s.secretConfig.%s.key".formatted(service, escape(concrete)), "k");
        } else {
          given.put(concrete, "value-of-" + concrete.length());
          changes.put(
              "services.%s.config.%s".formatted(service, escape(concrete)), given.get(concrete));
        }
      }

      List<Manifest> rendered = Chart.render(Environment.DEV, changes);

      Properties properties = Manifest.one(rendered, "ConfigMap", name(service)).properties();
      given.forEach((name, value) -> assertThat(properties).containsEntry(name, value));
      JsonNode container =
          Manifest.one(rendered, "Deployment", name(service))
              .containers()
              .findFirst()
              .orElseThrow();
      List<String> variables =
          container.path("env").valueStream().map(e -> e.path("name").asText()).toList();
      known.keySet().stream()
          .map(name -> name.replace("*", "acme"))
          .filter(ConfigurationTest::isSecret)
          .forEach(name -> assertThat(variables).contains(variable(name)));
    }
  }

  @Test
  void aMisspeltPropertyIsRefused() {
    assertThatThrownBy(() ->
            Chart.render(
                Environment.DEV,
                Map.of("services.risk.config." + escape("tallystick.risk.asess.queue"), "5")))
        .hasMessageContaining("risk-service has no property tallystick.risk.asess.queue");
  }

  @Test
  void aPropertyOfAnotherServiceIsRefused() {
    assertThatThrownBy(() ->
            Chart.render(
                Environment.DEV,
                Map.of("services.risk.config." + escape("tallystick.seed.code.lookup-batch"), "5")))
        .hasMessageContaining("has no property");
  }

  @Test
  void aSecretInTheConfigurationIsRefused() {
    assertThatThrownBy(() ->
            Chart.render(
                Environment.DEV,
                Map.of("services.notify.config." + escape("tallystick.notify.smpp.password"), "x")))
        .hasMessageContaining("is a secret");
  }

  @Test
  void numbersStayAsTheyWereWritten() {
    Properties verify = setProperties(Environment.DEV, "verify");
    assertThat(verify).containsEntry("tallystick.verify.pack.floor-limits-minor.CNY", "10000000");
  }

  /// The library and the PIN lie where the properties say, and the slot's number is whole.
  @Test
  void aTokenThatUnwrapsKeysIsReachable() {
    List<Manifest> all = Chart.render(Environment.AIR_GAPPED);
    JsonNode pod = Manifest.one(all, "Deployment", name("seed")).podSpec();
    Properties seed = setProperties(Environment.AIR_GAPPED, "seed");
    String prefix = "tallystick.seed.key-encryption.pkcs11.";
    assertThat(seed)
        .containsEntry(prefix + "slot", "1629422205")
        .containsEntry(prefix + "key-labels", "tallystick-seed");
    assertThat(mounted(pod, seed.getProperty(prefix + "library")).at("/persistentVolumeClaim"))
        .hasToString("{\"claimName\":\"hsm-client\"}");
    JsonNode pin = mounted(pod, seed.getProperty(prefix + "pin-file"));
    assertThat(pin.at("/secret/secretName").asText()).isEqualTo("seed-hsm");
    assertThat(seed.getProperty(prefix + "pin-file"))
        .endsWith("/" + pin.at("/secret/items/0/path").asText());
    assertThat(setProperties(Environment.AIR_GAPPED, "notify").stringPropertyNames())
        .noneMatch(property -> property.contains("pkcs11"));
  }

  /// Token and authority lie where the properties say; an agent's file is the agent's.
  @Test
  void aTransitEngineThatUnwrapsKeysIsReachable() {
    List<Manifest> all = Chart.render(Environment.PRODUCTION);
    JsonNode pod = Manifest.one(all, "Deployment", name("seed")).podSpec();
    Properties seed = setProperties(Environment.PRODUCTION, "seed");
    String prefix = "tallystick.seed.key-encryption.transit.";
    assertThat(seed)
        .containsEntry(prefix + "address", "https://vault.vault.svc:8200")
        .containsEntry(prefix + "mount", "transit")
        .containsEntry(prefix + "key", "tallystick-seed")
        .doesNotContainKey(prefix + "namespace");
    JsonNode token = mounted(pod, seed.getProperty(prefix + "token-file"));
    assertThat(token.at("/secret/secretName").asText()).isEqualTo("seed-vault-token");
    assertThat(seed.getProperty(prefix + "token-file"))
        .endsWith("/" + token.at("/secret/items/0/path").asText());
    JsonNode ca = mounted(pod, seed.getProperty(prefix + "ca"));
    assertThat(ca.at("/configMap/name").asText()).isEqualTo("vault-ca");
    assertThat(seed.getProperty(prefix + "ca"))
        .endsWith("/" + ca.at("/configMap/items/0/path").asText());

    assertThat(setProperties(Environment.PRODUCTION, "notify"))
        .containsEntry("tallystick.notify.key-encryption.transit.mount", "payments/transit")
        .containsEntry("tallystick.notify.key-encryption.transit.namespace", "payments")
        .containsEntry(
            "tallystick.notify.key-encryption.transit.token-file", "/vault/secrets/token");
    for (String service : Chart.SERVICES) {
      assertThat(setProperties(Environment.AIR_GAPPED, service).stringPropertyNames())
          .noneMatch(property -> property.contains("transit"));
    }
  }

  /// A Job with a sidecar never ends, and its network policy leads to no Vault.
  @Test
  void vaultsInjectorIsToldOfServicesAndNotOfMigrations() {
    String role = "vault.hashicorp.com/role";
    List<Manifest> all =
        Chart.render(
            Environment.PRODUCTION,
            Map.of(
                "services.notify.podAnnotations." + escape(role), "notify",
                "services.notify.podAnnotations." + escape("example.com/team"), "payments"));
    JsonNode serving =
        Manifest.one(all, "Deployment", name("notify")).at("/spec/template/metadata/annotations");
    assertThat(serving.path(role).asText()).isEqualTo("notify");
    assertThat(serving.path("example.com/team").asText()).isEqualTo("payments");
    Manifest job =
        Manifest.ofKind(all, "Job").stream()
            .filter(candidate -> candidate.component().equals("notify-migration"))
            .findFirst()
            .orElseThrow();
    JsonNode migrating = job.at("/spec/template/metadata/annotations");
    assertThat(migrating.has(role)).isFalse();
    assertThat(migrating.path("example.com/team").asText()).isEqualTo("payments");
  }

  @Test
  void anAgentInThePodNeedsNoToken() {
    String chart = "services.seed.keyEncryption.transit.";
    List<Manifest> all =
        Chart.render(
            Environment.DEV,
            Map.of(
                chart + "address", "http://localhost:8100",
                chart + "key", "tallystick-seed",
                chart + "bareKeysAllowed", true));
    Properties seed = Manifest.one(all, "ConfigMap", name("seed")).properties();
    assertThat(seed)
        .containsEntry("tallystick.seed.key-encryption.transit.address", "http://localhost:8100")
        .containsEntry("tallystick.seed.key-encryption.bare-keys-allowed", "true")
        .doesNotContainKey("tallystick.seed.key-encryption.transit.token-file")
        .doesNotContainKey("tallystick.seed.key-encryption.transit.ca");
  }

  /// The volume that a path of the container is in.
  private static JsonNode mounted(JsonNode pod, String path) {
    String volume =
        pod.at("/containers/0/volumeMounts")
            .valueStream()
            .filter(mount -> path.startsWith(mount.path("mountPath").asText() + "/"))
            .map(mount -> mount.path("name").asText())
            .findFirst()
            .orElseThrow(() -> new AssertionError("nothing is mounted at " + path));
    return pod.path("volumes")
        .valueStream()
        .filter(candidate -> candidate.path("name").asText().equals(volume))
        .findFirst()
        .orElseThrow();
  }

  /// Encryption alone would let anybody of the same authority be the Redis.
  @Test
  void namesInCertificatesOfStoresAreChecked() {
    for (Environment environment : List.of(Environment.PRODUCTION, Environment.AIR_GAPPED)) {
      for (String service : Chart.SERVICES) {
        Properties properties = setProperties(environment, service);
        assertThat(properties.getProperty("tallystick.database.url"))
            .contains(
                "sslmode=verify-full", "sslrootcert=%2Fetc%2Ftallystick%2Fdatabase-ca%2Fca.crt");
        assertThat(properties.getProperty("tallystick.redis.url")).startsWith("rediss://");
        assertThat(properties)
            .containsEntry("quarkus.tls.tallystick-redis.hostname-verification-algorithm", "HTTPS")
            .containsEntry("quarkus.redis.tls-configuration-name", "tallystick-redis")
            .containsEntry("quarkus.redis.streams.tls-configuration-name", "tallystick-redis");
      }
    }
  }

  /// Tests of the service-kit run on stores that they reach by just these files.
  @Test
  void storesAreReachedAsTestsReachThem() throws IOException {
    String ca = "/etc/tallystick/redis-ca/ca.crt";
    assertReaches(
        "redis-sentinel",
        Chart.render(Environment.PRODUCTION),
        Map.of(
            "addresses",
            "rediss://sentinel-0.redis.data.svc:26379,rediss://sentinel-1.redis.data.svc:26379,"
                + "rediss://sentinel-2.redis.data.svc:26379",
            "name",
            "tallystick",
            "ca",
            ca));
    assertReaches(
        "redis-cluster",
        Chart.render(Environment.AIR_GAPPED),
        Map.of(
            "addresses",
            "rediss://10.20.0.21:6379,rediss://10.20.0.22:6379,rediss://10.20.0.23:6379",
            "ca",
            ca));
    assertReaches(
        "redis-single",
        Chart.render(
            Environment.PRODUCTION,
            Map.of(
                "redis.mode", "single",
                "redis.urlSecret.name", "redis-url",
                "redis.passwordSecret.name", "")),
        Map.of("ca", ca));
    assertReaches(
        "postgres",
        Chart.render(Environment.PRODUCTION),
        Map.of(
            "host", "postgres.data.svc",
            "port", "5432",
            "database", "tallystick",
            "ca", "%2Fetc%2Ftallystick%2Fdatabase-ca%2Fca.crt"));
  }

  /// What is left without a value in the file is a secret, and comes by environment.
  private static void assertReaches(String file, List<Manifest> all, Map<String, String> values)
      throws IOException {
    Properties wanted = new Properties();
    Path stores = module("kit").resolve("src/test/resources/stores");
    try (Reader reader = Files.newBufferedReader(stores.resolve(file + ".properties"))) {
      wanted.load(reader);
    }
    wanted.replaceAll((_, text) -> filled(text.toString(), values));
    String prefix = file.equals("postgres") ? "tallystick.database.url" : "redis";
    for (String service : Chart.SERVICES) {
      Properties rendered = Manifest.one(all, "ConfigMap", name(service)).properties();
      rendered.keySet().removeIf(name -> !name.toString().contains(prefix));
      List<String> variables =
          Manifest.one(all, "Deployment", name(service))
              .containers()
              .flatMap(container -> container.path("env").valueStream())
              .map(variable -> variable.path("name").asText())
              .toList();
      Properties expected = new Properties();
      expected.putAll(wanted);
      expected
          .entrySet()
          .removeIf(one ->
              one.getValue().toString().startsWith("{")
                  && variables.contains(variable(one.getKey().toString())));
      assertThat(rendered).as("%s of %s", file, service).isEqualTo(expected);
    }
  }

  private static String filled(String text, Map<String, String> values) {
    String filled = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("{" + value.getKey() + "}", value.getValue());
    }
    return filled;
  }

  @Test
  void billsAreReadFromTheReplicaThatIsNamed() {
    String property = "tallystick.clearing.bills.replica-url";
    for (String service : Chart.SERVICES) {
      Properties properties = setProperties(Environment.PRODUCTION, service);
      String primary = properties.getProperty("tallystick.database.url");
      assertThat(properties.getProperty(property))
          .isEqualTo(
              service.equals("clearing")
                  ? primary.replace("postgres.data.svc:5432", "postgres-replica.data.svc:5433")
                  : null);
    }
    assertThat(setProperties(Environment.DEV, "clearing")).doesNotContainKey(property);
  }

  /// The migration's Job gets what the service gets, so that both see the same database.
  @Test
  void theMigrationSeesWhatTheServiceSees() {
    List<Manifest> all = Chart.render(Environment.PRODUCTION);
    List<Manifest> jobs = Manifest.ofKind(all, "Job");
    assertThat(jobs).hasSize(Chart.SERVICES.size());
    for (Manifest job : jobs) {
      String service = job.component().replace("-migration", "");
      JsonNode migrating = job.containers().findFirst().orElseThrow();
      JsonNode serving =
          Manifest.one(all, "Deployment", name(service)).containers().findFirst().orElseThrow();
      assertThat(migrating.path("image")).isEqualTo(serving.path("image"));
      assertThat(migrating.path("volumeMounts")).isEqualTo(serving.path("volumeMounts"));
      assertThat(migrating.path("env").valueStream().toList())
          .containsAll(serving.path("env").valueStream().toList());
      assertThat(setProperties(Environment.PRODUCTION, service))
          .containsEntry("quarkus.flyway.migrate-at-start", "false")
          .containsEntry("quarkus.flyway.validate-at-start", "true");
    }
  }

  private static Set<String> required(String service) {
    Set<String> required = new TreeSet<>();
    for (String module : List.of("kit", service)) {
      read(module)
          .forEach((name, property) -> {
            if (property.required()) {
              required.add(name);
            }
          });
    }
    required.removeAll(ReadProperties.setByShippedFiles(module("kit")));
    required.removeAll(ReadProperties.setByShippedFiles(module(service)));
    return required;
  }

  private static Map<String, Property> read(String module) {
    return ReadProperties.of(module(module));
  }

  private static Path module(String name) {
    return Chart.REPOSITORY.resolve(name.equals("kit") ? "service-kit" : name + "-service");
  }

  private static String name(String service) {
    return Chart.RELEASE + "-tallystick-" + service;
  }

  private static Properties setProperties(Environment environment, String service) {
    return Manifest.one(Chart.render(environment), "ConfigMap", name(service)).properties();
  }

  private static List<String> environmentNames(Environment environment, String service) {
    return Manifest.one(Chart.render(environment), "Deployment", name(service))
        .containers()
        .flatMap(container -> container.path("env").valueStream())
        .map(variable -> variable.path("name").asText())
        .toList();
  }

  private static String variable(String property) {
    return property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }

  private static boolean matches(String pattern, String name) {
    return name.matches(pattern.replace(".", "\\.").replace("*", "[^.]+"));
  }

  private static boolean isSecret(String name) {
    return name.matches(".*(password|secret|credentials|digest-key|key-encryption\\.keys)");
  }

  private static String escape(String property) {
    return property.replace(".", "\\.");
  }

  private static String catalogue() {
    StringBuilder text =
        new StringBuilder(
            """
            # Every tallystick.* property that the services read, with its default: the names that `config` and `secretConfig` take.
            # `kit` has those of every service; `*` stands for a name of your own. A test writes this file from the compiled
            # services (mvn -pl k8s/tests -am test -Dtest=ConfigurationTest -Dchart.write-properties) and refuses any other.
            """);
    for (String module : List.of("kit", "seed", "verify", "clearing", "risk", "notify")) {
      text.append(module).append(":\n");
      read(module)
          .forEach((name, property) ->
              text.append("  ").append(name).append(": ").append(shown(property)).append('\n'));
    }
    return text.toString();
  }

  private static String shown(Property property) {
    if (property.required()) {
      return "{required: true}";
    }
    return property.defaultValue() == null
        ? "{}"
        : "{default: \"" + property.defaultValue().replace("\"", "\\\"") + "\"}";
  }
}
