package io.tallystick.seed.harness;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.sandbox.base.KeyFile;
import io.tallystick.sandbox.base.TestPlatform;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Starts what this service needs beyond stores, certificates and tokens: the platform root, a
/// key-encryption key, and [ClearingPeer]. Fields of type `SeedSurroundings` in a test are set.
public final class SeedSurroundings implements QuarkusTestResourceLifecycleManager {
  /// Wrong on purpose for production: cheap, so that tests don't spend their time hashing.
  private static final String ARGON2_MEMORY_KIB = "256";

  private final Sm2PrivateKey root = Sm2PrivateKey.generate(new SecureRandom());
  private final KeyFile keyFile =
      KeyFile.first(TestPlatform.get().folder().resolve("seed-key-encryption.keys"));
  private @Nullable ClearingPeer clearing;

  @Override
  public Map<String, String> start() {
    ClearingPeer started = ClearingPeer.start(TestPlatform.get().ca());
    clearing = started;
    return Map.of(
        "tallystick.peers.clearing.address",
        "localhost:" + started.port(),
        "tallystick.seed.key-encryption.file",
        keyFile.path().toString(),
        "tallystick.seed.key-encryption.reload",
        "PT0.2S",
        "tallystick.seed.root-public-key",
        Base64.getEncoder().encodeToString(root.publicKey().compressed()),
        "tallystick.seed.password.memory-kib",
        ARGON2_MEMORY_KIB);
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(SeedSurroundings.class));
  }

  @Override
  public void stop() {
    // The peer ends with the virtual machine, as the stores do.
  }

  public Sm2PrivateKey root() {
    return root;
  }

  public ClearingPeer clearing() {
    ClearingPeer started = clearing;
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }

  /// The key-encryption keys, which a test may change while the service runs.
  public KeyFile keyFile() {
    return keyFile;
  }
}
