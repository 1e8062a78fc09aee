package io.tallystick.sdk.wallet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The host's clock since boot where Linux tells it ({@code /proc/uptime}, which goes on through
 * suspension and is the same for every process), and this process's own elsewhere.
 */
public final class HostMonotonicClock implements MonotonicClock {
  private static final Path UPTIME = Path.of("/proc/uptime");
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private final @Nullable String boot;
  private final String process = "process-" + UUID.randomUUID();
  private final long startNanos = System.nanoTime();

  private HostMonotonicClock(@Nullable String boot) {
    this.boot = boot;
  }

  public static HostMonotonicClock create() {
    return new HostMonotonicClock(bootId());
  }

  @Override
  public Reading read() {
    if (boot != null) {
      try {
        String seconds = Files.readString(UPTIME).split(" ", 2)[0];
        return new Reading("boot-" + boot, Math.round(Double.parseDouble(seconds) * 1_000));
      } catch (IOException | NumberFormatException unreadable) {
        throw new IllegalStateException(UPTIME + " was readable and is no longer", unreadable);
      }
    }
    return new Reading(process, (System.nanoTime() - startNanos) / 1_000_000);
  }

  private static @Nullable String bootId() {
    try {
      Files.readString(UPTIME);
      String id = Files.readString(BOOT_ID).strip();
      return id.isEmpty() || id.length() > 48 ? null : id;
    } catch (IOException notLinux) {
      return null;
    }
  }
}
