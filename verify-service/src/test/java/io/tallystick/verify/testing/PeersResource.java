package io.tallystick.verify.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tallystick.sandbox.base.DevCa;
import io.tallystick.sandbox.base.FreePorts;
import io.tallystick.sandbox.base.TestPlatform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Ports and certificates of the played peers; [Peers] starts them inside the application.
public final class PeersResource implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    TestPlatform platform = TestPlatform.get();
    List<Integer> ports = FreePorts.take(3);
    Map<String, String> properties = new LinkedHashMap<>();
    int next = 0;
    for (String peer : List.of("seed", "risk", "clearing")) {
      int port = ports.get(next++);
      DevCa.Credentials credentials = platform.ca().service(peer);
      properties.put("tallystick.peers." + peer + ".address", "localhost:" + port);
      properties.put("test.peers." + peer + ".port", Integer.toString(port));
      properties.put("test.peers." + peer + ".certificate", credentials.certificate().toString());
      properties.put("test.peers." + peer + ".key", credentials.key().toString());
    }
    properties.put("test.ca", platform.ca().certificateFile().getParent().toString());
    properties.put("tallystick.verify.code.digest-key", "00".repeat(32));
    // Generous, so that a busy machine doesn't look like a slow peer; tests of slow peers are
    // slower.
    properties.put("tallystick.verify.deadlines.check-code", "PT5S");
    properties.put("tallystick.verify.deadlines.trust", "PT5S");
    properties.put("tallystick.verify.deadlines.assess", "PT3S");
    properties.put("tallystick.verify.deadlines.clearing", "PT5S");
    properties.put("tallystick.verify.code.claim", "PT20S");
    // Swept by the tests themselves, step by step.
    properties.put("tallystick.verify.housekeeping.enabled", "false");
    return properties;
  }

  @Override
  public void stop() {
    // The servers end with the application.
  }
}
