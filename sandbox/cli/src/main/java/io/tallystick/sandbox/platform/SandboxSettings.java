package io.tallystick.sandbox.platform;

import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.ServiceProperties;
import io.tallystick.sandbox.base.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The configuration of each service on one machine: addresses, identities, secrets, and the few
/// settings that a sandbox wants otherwise than a deployment does.
record SandboxSettings(
    Stores stores,
    DevCa ca,
    String oidcIssuer,
    int smppPort,
    ServicePorts ports,
    SandboxSecrets secrets,
    RootKey root,
    DevCa.Credentials operator,
    Path certificates,
    Wiring wiring) {
  private static final int DIGEST_KEY_BYTES = 32;
  private static final Pattern URL_ADDRESS = Pattern.compile("//(?:[^/@]*@)?([^/?]+:[0-9]+)");

  /// Sooner than in a deployment: somebody is watching.
  private static final String RELOAD = "PT1S";

  static SandboxSettings of(
      Path folder,
      Stores stores,
      DevCa ca,
      String oidcIssuer,
      int smppPort,
      SandboxSecrets secrets,
      Wiring wiring)
      throws IOException {
    return new SandboxSettings(
        stores,
        ca,
        oidcIssuer,
        smppPort,
        ServicePorts.free(),
        secrets,
        RootKey.open(folder),
        ca.operator("sandbox"),
        folder.resolve("certificates"),
        wiring);
  }

  /// The properties of one replica; `overrides` win.
  Map<String, String> properties(Replica replica, Map<String, String> overrides)
      throws IOException {
    ServiceName service = replica.service();
    Map<String, String> properties =
        new LinkedHashMap<>(
            ServiceProperties.of(
                service.shortName(),
                ports.restPort(service),
                ports.grpcPort(service),
                stores,
                ca,
                oidcIssuer));
    properties.put("tallystick.host", replica.host());
    properties.putAll(ways(service.shortName()));
    properties.put("tallystick.tls.reload", RELOAD);
    properties.putAll(
        switch (service) {
          case SEED -> seed();
          case NOTIFY -> notification();
          case VERIFY -> verify();
          case RISK -> Map.of("tallystick.risk.thresholds", thresholds().toString());
          case CLEARING -> Map.of();
        });
    properties.putAll(overrides);
    return properties;
  }

  /// The ways from one service to the others and to the stores.
  private Map<String, String> ways(String from) {
    Map<String, String> ways = new LinkedHashMap<>();
    for (ServiceName peer : ServiceName.values()) {
      ways.put(
          "tallystick.peers." + peer.shortName() + ".address",
          wiring.through(from, peer.shortName(), ports.grpcAddress(peer)));
    }
    ways.put("tallystick.database.url", through(from, "postgres", stores.jdbcUrl()));
    ways.put("tallystick.redis.url", through(from, "redis", stores.redisUrl()));
    return ways;
  }

  private String through(String from, String to, String url) {
    Matcher address = URL_ADDRESS.matcher(url);
    if (!address.find()) {
      return url;
    }
    return new StringBuilder(url)
        .replace(address.start(1), address.end(1), wiring.through(from, to, address.group(1)))
        .toString();
  }

  private Map<String, String> seed() throws IOException {
    return Map.of(
        "tallystick.seed.key-encryption.file",
        secrets.keyEncryptionKeys(ServiceName.SEED).toString(),
        "tallystick.seed.key-encryption.reload",
        RELOAD,
        "tallystick.seed.root-public-key-file",
        root.publicKeyFile().toString());
  }

  /// A file that changes nothing until somebody edits it.
  private Path thresholds() throws IOException {
    Path file = certificates.resolveSibling("risk-thresholds.yaml").toAbsolutePath();
    if (!Files.exists(file)) {
      Files.writeString(
          file,
          "# What differs from the shipped thresholds; read again while the service runs.\nversion: sandbox-1\n");
    }
    return file;
  }

  private Map<String, String> verify() throws IOException {
    // Longer deadlines than a deployment's: here five cold services share one machine.
    return Map.of(
        "tallystick.verify.code.digest-key", secrets.secret("code-digest-key", DIGEST_KEY_BYTES),
        "tallystick.verify.deadlines.check-code", "PT2S",
        "tallystick.verify.deadlines.assess", "PT2S",
        "tallystick.verify.deadlines.clearing", "PT4S",
        "tallystick.verify.deadlines.trust", "PT4S");
  }

  private Map<String, String> notification() throws IOException {
    String smsCentre =
        wiring.through(ServiceName.NOTIFY.shortName(), "sms-centre", "127.0.0.1:" + smppPort);
    int colon = smsCentre.lastIndexOf(':');
    return Map.of(
        "tallystick.notify.key-encryption.file",
        secrets.keyEncryptionKeys(ServiceName.NOTIFY).toString(),
        "tallystick.notify.key-encryption.reload",
        RELOAD,
        "tallystick.notify.smpp.host",
        smsCentre.substring(0, colon),
        "tallystick.notify.smpp.port",
        smsCentre.substring(colon + 1),
        "tallystick.notify.smpp.system-id",
        "tallystick",
        "tallystick.notify.smpp.password",
        secrets.smsPassword());
  }

  PlatformDescription describe(URI smsCentre) {
    return new PlatformDescription(
        new PlatformDescription.RestAddresses(
            ports.restAddress(ServiceName.SEED),
            ports.restAddress(ServiceName.VERIFY),
            ports.restAddress(ServiceName.CLEARING),
            ports.restAddress(ServiceName.RISK),
            ports.restAddress(ServiceName.NOTIFY)),
        new PlatformDescription.GrpcAddresses(
            ports.grpcAddress(ServiceName.SEED),
            ports.grpcAddress(ServiceName.VERIFY),
            ports.grpcAddress(ServiceName.CLEARING),
            ports.grpcAddress(ServiceName.RISK)),
        ca.certificateFile().toAbsolutePath(),
        URI.create(oidcIssuer),
        smsCentre,
        operator.certificate().toAbsolutePath(),
        operator.key().toAbsolutePath(),
        certificates.toAbsolutePath(),
        root.publicKeyFile().toAbsolutePath(),
        ProcessHandle.current().pid());
  }
}
