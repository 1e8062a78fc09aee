package io.tallystick.sdk.wallet.file;

import io.tallystick.sdk.wallet.WalletStoreException;
import io.tallystick.sdk.wallet.WalletStoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process, or a second store of this one, away from a file. The lock is on a file
 * beside it, because the file itself is replaced; the system drops it when the process ends.
 */
final class FileOwnership implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);

  private final FileChannel channel;

  private FileOwnership(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits at most so long for whoever has it now. */
  static FileOwnership take(Path file, Duration patience) {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      FileChannel channel =
          FileChannel.open(
              lockFile,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              DurableFile.ownerOnly(lockFile));
      try {
        while (tryLock(channel) == null) {
          if (System.nanoTime() >= deadline) {
            throw new WalletStoreException(Reason.IN_USE, file + " is in use by another process");
          }
          Thread.sleep(POLL.toMillis());
        }
        return new FileOwnership(channel);
      } catch (IOException | InterruptedException | RuntimeException failed) {
        channel.close();
        throw failed;
      }
    } catch (IOException failed) {
      throw new WalletStoreException(
          Reason.IO, "cannot lock " + file + ": " + failed.getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WalletStoreException(Reason.IN_USE, "interrupted while waiting for " + file);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldHere) {
      // Another store of this process has it: the same as another process for the caller.
      return null;
    }
  }

  boolean isHeld() {
    return channel.isOpen();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      throw new WalletStoreException(Reason.IO, "cannot release the lock", failed);
    }
  }
}
