package io.tallystick.sandbox.bench;

import io.tallystick.sandbox.platform.Platform;
import io.tallystick.sandbox.platform.PlatformOptions;
import io.tallystick.sandbox.platform.Progress;
import io.tallystick.sandbox.platform.ServiceName;
import io.tallystick.sandbox.platform.StartArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/// Makes the services' AOT caches as a deployment would: a platform of its own pays by code and
/// clears taps for a while and is stopped, at which each JVM writes down what it loaded, linked and
/// found hot.
public final class Training {
  private static final int ACCOUNTS = 20_000;
  private static final int CALLERS = 64;
  private static final int TILLS = 16;
  private static final int TAP_ROUNDS = 2;

  private Training() {}

  /// @param options of the platform to train on, whose JVMs leave their caches in `caches`
  /// @param paying for how long payments by code are made
  public static void run(PlatformOptions options, Path caches, Duration paying, Progress progress)
      throws Exception {
    Files.createDirectories(caches);
    progress.report("training run, for the AOT caches");
    try (Platform platform = Platform.start(options, progress)) {
      play(platform, paying);
      progress.report("stopping: each JVM assembles its AOT cache");
    }
    for (ServiceName service : ServiceName.values()) {
      progress.report(sizeOf(StartArchive.cache(caches, service)));
    }
  }

  private static void play(Platform platform, Duration paying) throws Exception {
    BenchDatabase database = new BenchDatabase(platform.stores());
    SeedSeal seal = new SeedSeal(platform.firstKeyEncryptionKey(ServiceName.SEED));
    new Population(database, seal).growTo(ACCOUNTS);
    try (Tills tills = Tills.open(platform.description(), "train-m", TILLS, 1)) {
      new CodeLoad(tills, Clock.systemUTC()).closed(CALLERS, ACCOUNTS, Duration.ZERO, paying);
      TapLoad taps = new TapLoad(database, IssuerAccess.open(database, seal));
      taps.prepare();
      taps.run(tills, TAP_ROUNDS, Duration.ofHours(60));
    }
  }

  private static String sizeOf(Path cache) throws IOException {
    return String.format(
        Locale.ROOT, "%s: %d MB", cache.getFileName(), Files.size(cache) / (1 << 20));
  }
}
