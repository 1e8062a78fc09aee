package io.tallystick.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.k8s.Chart.Environment;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.FreePorts;
import io.tallystick.sandbox.base.SoftHsm;
import io.tallystick.sandbox.base.Stores;
import io.tallystick.sandbox.base.TestPlatform;
import io.tallystick.sandbox.base.TlsStores;
import io.tallystick.sandbox.base.TokenWrapping;
import io.tallystick.sandbox.base.TransitServer;
import io.tallystick.sandbox.base.TransitWrapping;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A service and its migration, started with exactly what the chart renders for them, on a
/// PostgreSQL and a Redis that are reached by TLS only.
///
/// One service by default for most of it, the one with the most files;
/// `-Dchart.services=seed,verify,clearing,risk,notify` starts all. Where SoftHSM2 is installed,
/// key-encryption keys are wrapped by a PKCS#11 token; a second start has them wrapped by a transit
/// engine.
class RenderedServiceIT {
  private static final Duration READY_LIMIT = Duration.ofSeconds(180);
  private static final int END_SECONDS = 180;
  private static final String HTTPS_PORT = "/ports/0/containerPort";
  private static final byte[] KEY = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");

  @TempDir Path folder;

  private final List<Process> started = new ArrayList<>();

  /// Those that a failure has left.
  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  static Stream<String> services() {
    return Stream.of(System.getProperty("chart.services", "seed").split(","));
  }

  @ParameterizedTest
  @MethodSource("services")
  void migratesThenServes(String service) throws Exception {
    TestPlatform platform = TestPlatform.get();
    try (TlsStores stores = TlsStores.start(folder.resolve("stores"), platform.ca())) {
      migratesThenServes(service, platform, stores);
    }
  }

  private void migratesThenServes(String service, TestPlatform platform, TlsStores stores)
      throws Exception {
    List<Integer> ports = FreePorts.take(2);
    Map<String, Object> values = values(platform, stores, ports);
    Map<String, Map<String, String>> secrets = new HashMap<>(secrets(platform, stores, service));
    boolean seals = List.of("seed", "notify").contains(service);
    if (SoftHsm.isThere() && seals) {
      wrapKeys(service, values, secrets);
    }
    List<Manifest> all = Chart.render(Environment.DEV, values);
    Manifest serving = Manifest.one(all, "Deployment", "pay-tallystick-" + service);
    Manifest migration =
        Manifest.ofKind(all, "Job").stream()
            .filter(job -> job.component().equals(service + "-migration"))
            .findFirst()
            .orElseThrow();

    // Before its schema is up to date a replica ends, and says why.
    Process early = start(service, "early", serving, all, secrets);
    assertThat(early.waitFor(END_SECONDS, TimeUnit.SECONDS)).as(log("early")).isTrue();
    assertThat(early.exitValue()).isNotZero();
    assertThat(log("early")).contains("FlywayValidateException");

    // Two at once, as when a node is lost and found again; and one that comes late.
    Process first = start(service, "migration", migration, all, secrets);
    Process second = start(service, "migration-too", migration, all, secrets);
    endsWell(first, "migration");
    endsWell(second, "migration-too");
    endsWell(start(service, "migration-late", migration, all, secrets), "migration-late");
    assertThat(migrations(stores, service)).isNotEmpty().doesNotHaveDuplicates();

    // And those of the version after are no reason not to start, nor to migrate for a rollback.
    addMigrationsOfTheVersionAfter(stores, service);
    endsWell(start(service, "rollback", migration, all, secrets), "rollback");
    serves(service, "replica", serving, all, secrets);
    if (seals) {
      servesByTransit(service, stores, ports);
    }
  }

  /// The same key, wrapped by a transit engine; and no start once that is sealed.
  private void servesByTransit(String service, TlsStores stores, List<Integer> ports)
      throws Exception {
    TestPlatform platform = TestPlatform.get();
    Map<String, Object> values = values(platform, stores, ports);
    Map<String, Map<String, String>> secrets = new HashMap<>(secrets(platform, stores, service));
    try (TransitServer vault = TransitServer.start(folder.resolve("vault")).withKey(service)) {
      wrapByTransit(vault, service, values, secrets);
      List<Manifest> all = Chart.render(Environment.DEV, values);
      Manifest serving = Manifest.one(all, "Deployment", "pay-tallystick-" + service);
      serves(service, "transit", serving, all, secrets);
      assertThat(vault.calls()).as("it was asked").isGreaterThan(1);

      vault.answerWith(exchange -> TransitServer.refuse(exchange, 503, "Vault is sealed"));
      Process sealed = start(service, "sealed", serving, all, secrets);
      assertThat(sealed.waitFor(END_SECONDS, TimeUnit.SECONDS)).as(log("sealed")).isTrue();
      assertThat(sealed.exitValue()).isNotZero();
      assertThat(log("sealed")).contains("Vault is sealed").doesNotContain(TransitServer.TOKEN);
    }
    assertThat(log("transit")).doesNotContain(TransitServer.TOKEN);
  }

  private void serves(
      String service,
      String run,
      Manifest serving,
      List<Manifest> all,
      Map<String, Map<String, String>> secrets)
      throws Exception {
    TestPlatform platform = TestPlatform.get();
    Process replica = start(service, run, serving, all, secrets);
    try {
      int port = serving.containers().findFirst().orElseThrow().at(HTTPS_PORT).asInt();
      assertThat(becomesReady(replica, platform.ca(), port)).as(log(run)).isTrue();
    } finally {
      replica.destroy();
      assertThat(replica.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  /// `migrations.enabled: false`: whoever comes first migrates, the other waits and finds it done.
  @Test
  void twoReplicasMigrateAnEmptySchemaAtOnce() throws Exception {
    TestPlatform platform = TestPlatform.get();
    String service = "clearing";
    try (TlsStores stores = TlsStores.start(folder.resolve("stores"), platform.ca())) {
      Map<String, Process> replicas = new HashMap<>();
      Map<String, Integer> ports = new HashMap<>();
      for (String run : List.of("one", "other")) {
        List<Integer> free = FreePorts.take(2);
        Map<String, Object> values = values(platform, stores, free);
        values.put("migrations.enabled", false);
        List<Manifest> all = Chart.render(Environment.DEV, values);
        Manifest serving = Manifest.one(all, "Deployment", "pay-tallystick-" + service);
        ports.put(run, free.getFirst());
        replicas.put(run, start(service, run, serving, all, secrets(platform, stores, service)));
      }
      for (String run : replicas.keySet()) {
        assertThat(becomesReady(replicas.get(run), platform.ca(), ports.get(run)))
            .as(log(run))
            .isTrue();
      }
      assertThat(migrations(stores, service)).isNotEmpty().doesNotHaveDuplicates();
      for (Process replica : replicas.values()) {
        replica.destroy();
        assertThat(replica.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  /// One of the service, and one of the kit, whose numbers are below the service's.
  private static void addMigrationsOfTheVersionAfter(TlsStores stores, String service)
      throws SQLException {
    try (Connection connection = connect(stores, service);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into flyway_schema_history
          select (select max(installed_rank) from flyway_schema_history) + row_number() over (),
            version, 'next', 'SQL', 'V' || version || '__next.sql', 1, current_user, now(), 1, true
          from (values ('0.99'), ('999')) as next (version)
          """);
    }
  }

  private void endsWell(Process migrating, String run) throws Exception {
    assertThat(migrating.waitFor(END_SECONDS, TimeUnit.SECONDS)).as(log(run)).isTrue();
    assertThat(migrating.exitValue()).as(log(run)).isZero();
  }

  /// What an installation here would give: addresses, and ports that are free.
  private static Map<String, Object> values(
      TestPlatform platform, TlsStores stores, List<Integer> ports) {
    Map<String, Object> values = new HashMap<>();
    values.put("migrations.enabled", true);
    values.put("database.host", stores.host());
    values.put("database.port", stores.postgresPort());
    values.put("database.name", Stores.DATABASE);
    values.put("database.parameters.sslmode", "verify-full");
    values.put("database.ca.name", "stores-ca");
    values.put("redis.urlSecret.name", "redis-url");
    values.put("redis.tls.enabled", true);
    values.put("redis.tls.ca.name", "stores-ca");
    values.put("oidc.issuer", platform.oidc().issuer());
    values.put("ports.https", ports.get(0));
    values.put("ports.grpc", ports.get(1));
    return values;
  }

  private void wrapKeys(
      String service, Map<String, Object> values, Map<String, Map<String, String>> secrets)
      throws GeneralSecurityException, IOException {
    String label = "tallystick-" + service;
    SoftHsm token = SoftHsm.create(label).withKey(label, "--sensitive");
    Path pin = Files.writeString(folder.resolve("pin"), SoftHsm.PIN);
    String wrapped =
        new TokenWrapping(SoftHsm.LIBRARY, token.slot(), label, pin).wrap(service, 1, KEY);
    secrets.put(service + "-key-encryption", Map.of("keys", "1:" + wrapped + "\ncurrent:1\n"));
    secrets.put(service + "-hsm", Map.of("pin", SoftHsm.PIN + "\n"));
    String chart = "services." + service + ".";
    values.put(chart + "keyEncryption.pkcs11.library", SoftHsm.LIBRARY.toString());
    values.put(chart + "keyEncryption.pkcs11.slot", token.slot());
    values.put(chart + "keyEncryption.pkcs11.keyLabels[0]", label);
    values.put(chart + "keyEncryption.pkcs11.pinSecret.name", service + "-hsm");
    values.put(
        chart + "keyEncryption.pkcs11.environment." + SoftHsm.VARIABLE,
        SoftHsm.configuration().toString());
  }

  private void wrapByTransit(
      TransitServer vault,
      String service,
      Map<String, Object> values,
      Map<String, Map<String, String>> secrets)
      throws GeneralSecurityException, IOException {
    Path token = Files.writeString(folder.resolve("token"), TransitServer.TOKEN);
    String wrapped =
        new TransitWrapping(vault.address(), "transit", service, token, vault.ca(), null)
            .wrap(service, 1, KEY);
    secrets.put(service + "-key-encryption", Map.of("keys", "1:" + wrapped + "\ncurrent:1\n"));
    secrets.put(service + "-vault-token", Map.of("token", TransitServer.TOKEN + "\n"));
    secrets.put("vault-ca", Map.of("ca.crt", Files.readString(vault.ca())));
    String transit = "services." + service + ".keyEncryption.transit.";
    values.put(transit + "address", vault.address().toString());
    values.put(transit + "key", service);
    values.put(transit + "tokenSecret.name", service + "-vault-token");
    values.put(transit + "ca.name", "vault-ca");
  }

  /// What the chart expects to be there.
  private static Map<String, Map<String, String>> secrets(
      TestPlatform platform, TlsStores stores, String service) throws IOException {
    Stores.Login login = stores.login(service);
    Stores.Login redis = TlsStores.REDIS_USER;
    String redisUrl =
        "rediss://%s:%s@%s:%d"
            .formatted(redis.username(), redis.password(), stores.host(), stores.redisPort());
    String ca = Files.readString(platform.ca().certificateFile());
    DevCa.Credentials tls = platform.ca().service(service);
    byte[] root = CustomNamedCurves.getByName("sm2p256v1").getG().getEncoded(true);
    Map<String, String> keys =
        Map.of("keys", "1:" + HexFormat.of().formatHex(KEY) + "\ncurrent:1\n");
    return Map.of(
        service + "-database",
        Map.of("username", login.username(), "password", login.password()),
        "pay-tallystick-" + service + "-tls",
        Map.of(
            "tls.crt", Files.readString(tls.certificate()),
            "tls.key", Files.readString(tls.key()),
            "ca.crt", ca),
        "stores-ca",
        Map.of("ca.crt", ca),
        "redis-url",
        Map.of("url", redisUrl),
        service + "-key-encryption",
        keys,
        "platform-root",
        Map.of("root.pem", Base64.getEncoder().encodeToString(root)),
        "verify-digest-key",
        Map.of("digest-key", "00112233445566778899aabbccddeeff".repeat(2)));
  }

  private Process start(
      String service,
      String run,
      Manifest workload,
      List<Manifest> all,
      Map<String, Map<String, String>> secrets)
      throws IOException {
    Path jar = Chart.REPOSITORY.resolve(service + "-service/target/quarkus-app/quarkus-run.jar");
    assertThat(jar).as("package the services first").exists();
    Path its = Files.createDirectories(folder.resolve(run));
    Process process = new RenderedContainer(workload, all, secrets, its).start(jar, logFile(run));
    started.add(process);
    return process;
  }

  private static boolean becomesReady(Process replica, DevCa ca, int port) throws Exception {
    URI question = URI.create("https://localhost:" + port + "/q/health/ready");
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusting(ca)).build()) {
      Instant deadline = Instant.now().plus(READY_LIMIT);
      while (Instant.now().isBefore(deadline) && !replica.waitFor(200, TimeUnit.MILLISECONDS)) {
        if (isReady(client, question)) {
          return true;
        }
      }
      return false;
    }
  }

  /// Everything that a service can have on its own; an issuer key is made once, by people.
  private static boolean isReady(HttpClient client, URI question) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(question).timeout(Duration.ofSeconds(5)).build();
      String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      JsonNode checks = Chart.YAML.readTree(answer).path("checks");
      // Redis counts here though it makes nobody unready.
      boolean redis =
          checks.valueStream().anyMatch(c -> c.at("/data/redis").asText().equals("answers"));
      List<String> down =
          checks
              .valueStream()
              .filter(check -> !check.path("status").asText().equals("UP"))
              .map(check -> check.path("name").asText())
              .toList();
      return redis && answer.contains("\"database\"") && List.of("issuer-key").containsAll(down);
    } catch (IOException e) {
      return false; // Not listening yet; the caller's deadline bounds the asking.
    }
  }

  private static SSLContext trusting(DevCa ca) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("ca", ca.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static List<String> migrations(TlsStores stores, String service) throws SQLException {
    List<String> scripts = new ArrayList<>();
    try (Connection connection = connect(stores, service);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select script from flyway_schema_history where success and version is not null")) {
      while (rows.next()) {
        scripts.add(rows.getString(1));
      }
    }
    return scripts;
  }

  private static Connection connect(TlsStores stores, String service) throws SQLException {
    Stores.Login login = stores.login(service);
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s?sslmode=require"
            .formatted(stores.host(), stores.postgresPort(), Stores.DATABASE),
        login.username(),
        login.password());
  }

  private Path logFile(String run) {
    return folder.resolve(run + ".log");
  }

  private String log(String run) throws IOException {
    return Files.exists(logFile(run)) ? Files.readString(logFile(run)) : "";
  }
}
