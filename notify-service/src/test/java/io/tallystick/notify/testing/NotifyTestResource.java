package io.tallystick.notify.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tallystick.sandbox.base.FreePorts;
import io.tallystick.sandbox.base.KeyFile;
import io.tallystick.sandbox.base.TestPlatform;
import java.util.HashMap;
import java.util.Map;

/// PostgreSQL, Redis, certificates, an issuer and an SMS centre for a `@QuarkusTest`.
public final class NotifyTestResource implements QuarkusTestResourceLifecycleManager {
  /// The only origin and relying party that the tests' service knows.
  public static final String ORIGIN = "https://wallet.example";

  public static final String RP_ID = "wallet.example";

  private final KeyFile keyFile =
      KeyFile.first(TestPlatform.get().folder().resolve("notify-key-encryption.keys"));
  private final SmsCentre centre = new SmsCentre(FreePorts.take(1).getFirst());

  @Override
  public Map<String, String> start() {
    TestPlatform platform = TestPlatform.get();
    Map<String, String> properties = new HashMap<>(platform.configuration("notify"));
    properties.put("quarkus.http.test-ssl-port", properties.get("tallystick.http.port"));
    properties.put("quarkus.grpc.server.test-port", properties.get("tallystick.grpc.port"));
    properties.put("tallystick.notify.key-encryption.file", keyFile.path().toString());
    properties.put("tallystick.notify.key-encryption.reload", "200MS");
    properties.put("tallystick.notify.smpp.host", "127.0.0.1");
    properties.put("tallystick.notify.smpp.port", Integer.toString(centre.port()));
    properties.put("tallystick.notify.smpp.password", SmsCentre.PASSWORD);
    properties.put("tallystick.notify.smpp.response-timeout", "2S");
    properties.put("tallystick.notify.smpp.first-pause", "100MS");
    properties.put("tallystick.notify.smpp.longest-pause", "300MS");
    properties.put("tallystick.notify.challenge.sms.poll-interval", "100MS");
    properties.put("tallystick.notify.challenge.sms.first-pause", "200MS");
    properties.put("tallystick.notify.challenge.sms.longest-pause", "500MS");
    properties.put("tallystick.notify.webauthn.rp-id", RP_ID);
    properties.put("tallystick.notify.webauthn.origins", ORIGIN);
    properties.put("tallystick.notify.face-verdict.vendors.faces.issuer", FaceVendor.ISSUER);
    properties.put(
        "tallystick.notify.face-verdict.vendors.faces.jwks-file",
        FaceVendor.genuine().publishedKeys().toString());
    properties.put("tallystick.notify.inbox.heartbeat", "1S");
    properties.put("tallystick.notify.inbox.poll-interval", "100MS");
    properties.put("tallystick.notify.webhook.allow-local", "true");
    properties.put("tallystick.notify.webhook.tls-configuration", "merchants");
    properties.put(
        "quarkus.tls.merchants.trust-store.pem.certs", platform.ca().certificateFile().toString());
    properties.put("tallystick.notify.webhook.attempts", "4");
    properties.put("tallystick.notify.webhook.first-pause", "200MS");
    properties.put("tallystick.notify.webhook.longest-pause", "400MS");
    properties.put("tallystick.notify.webhook.timeout", "2S");
    properties.put("tallystick.notify.webhook.poll-interval", "100MS");
    centre.start();
    return properties;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(keyFile, new TestInjector.MatchesType(KeyFile.class));
    injector.injectIntoFields(centre, new TestInjector.MatchesType(SmsCentre.class));
    injector.injectIntoFields(TestPlatform.get(), new TestInjector.MatchesType(TestPlatform.class));
  }

  @Override
  public void stop() {
    centre.stop();
  }
}
