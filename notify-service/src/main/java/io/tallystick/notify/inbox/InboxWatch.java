package io.tallystick.notify.inbox;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.database.Database;
import io.tallystick.notify.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Tells open streams that their payer has a new item: at once when this replica stored it; within
/// a poll interval when another did. One query asks for all payers with a stream here, so the cost
/// does not grow with the number of items, and no commit waits for a notification lock.
@ApplicationScoped
public class InboxWatch {
  private static final int PAYERS_IN_A_QUERY = 500;

  private final InboxConfig config;
  private final Database database;
  private final InboxStore store;
  private final Map<String, Set<Watcher>> watchers = new ConcurrentHashMap<>();
  private @Nullable Worker worker;

  InboxWatch(InboxConfig config, Database database, InboxStore store) {
    this.config = config;
    this.database = database;
    this.store = store;
  }

  /// One stream that waits; closed with it.
  public final class Watcher implements AutoCloseable {
    private final String payerId;
    private final Semaphore wakes = new Semaphore(0);
    private volatile long seen;

    private Watcher(String payerId) {
      this.payerId = payerId;
    }

    /// The stream has sent everything up to this item.
    public void seen(long itemId) {
      seen = itemId;
    }

    /// Waits for a wake.
    ///
    /// @return false when there was none in this time
    public boolean await(Duration most) throws InterruptedException {
      boolean woken = wakes.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS);
      wakes.drainPermits();
      return woken;
    }

    void wake() {
      wakes.release();
    }

    @Override
    public void close() {
      watchers.computeIfPresent(
          payerId,
          (_, all) -> {
            all.remove(this);
            return all.isEmpty() ? null : all;
          });
    }
  }

  void start(@Observes StartupEvent started) {
    worker = Worker.start("inbox-watch", config.pollInterval(), this::poll);
  }

  void stop(@Observes ShutdownEvent stopped) {
    if (worker != null) {
      worker.close();
    }
  }

  /// Begins to watch; the caller closes the watcher.
  public Watcher watch(String payerId) {
    Watcher watcher = new Watcher(payerId);
    watchers.compute(
        payerId,
        (_, all) -> {
          Set<Watcher> some = all == null ? ConcurrentHashMap.newKeySet() : all;
          some.add(watcher);
          return some;
        });
    return watcher;
  }

  /// This replica has committed an item of the payer.
  public void wake(String payerId) {
    watchers.getOrDefault(payerId, Set.of()).forEach(Watcher::wake);
  }

  private boolean poll() {
    List<String> payers = new ArrayList<>(watchers.keySet());
    for (int from = 0; from < payers.size(); from += PAYERS_IN_A_QUERY) {
      List<String> some = payers.subList(from, Math.min(from + PAYERS_IN_A_QUERY, payers.size()));
      database.read(handle -> store.lasts(handle, some)).forEach(this::wakeBehind);
    }
    return false;
  }

  private void wakeBehind(String payerId, long last) {
    for (Watcher watcher : watchers.getOrDefault(payerId, Set.of())) {
      if (watcher.seen < last) {
        watcher.wake();
      }
    }
  }
}
