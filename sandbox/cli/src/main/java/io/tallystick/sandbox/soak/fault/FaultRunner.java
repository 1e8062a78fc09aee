package io.tallystick.sandbox.soak.fault;

import io.tallystick.sandbox.platform.Platform;
import io.tallystick.sandbox.platform.ServiceName;
import io.tallystick.sandbox.proxy.FaultyLink;
import io.tallystick.sandbox.proxy.LinkFault;
import io.tallystick.sandbox.soak.plan.Fault;
import io.tallystick.sandbox.soak.plan.PlannedFault;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Does harm by plan, one thing after the other, and mends everything at the end.
public final class FaultRunner {
  private final Platform platform;
  private final Links links;
  private final StoreFaults stores;
  private final Consumer<String> log;
  private final Map<String, Integer> done = new TreeMap<>();

  /// @param log told of each fault when it begins
  public FaultRunner(Platform platform, Links links, Consumer<String> log) {
    this.platform = platform;
    this.links = links;
    this.stores = new StoreFaults(platform.stores());
    this.log = log;
  }

  /// Waits for the moment of a fault.
  @FunctionalInterface
  public interface Moment {
    void await(PlannedFault fault) throws InterruptedException;
  }

  /// Follows the plan; returns when it is through.
  public void run(List<PlannedFault> faults, Moment moment) throws InterruptedException {
    for (PlannedFault planned : faults) {
      moment.await(planned);
      log.accept(planned.fault().toString());
      inflict(planned.fault());
    }
  }

  /// One fault, and its end.
  public void inflict(Fault fault) throws InterruptedException {
    try {
      boolean happened = attempt(fault);
      count(fault.getClass().getSimpleName() + (happened ? "" : " (found nothing to hit)"));
    } catch (SQLException | IOException e) {
      log.accept("not done: " + e.getMessage()); // A crashed server refuses even its administrator.
      count(fault.getClass().getSimpleName() + " (not done)");
    }
  }

  private boolean attempt(Fault fault) throws SQLException, IOException, InterruptedException {
    switch (fault) {
      case Fault.FlushRedis _ -> stores.flushRedis();
      case Fault.KillRedis kill -> stores.killRedis(kill.downMillis());
      case Fault.CrashPostgres _ -> stores.crashPostgres();
      case Fault.EndSessions _ -> stores.endSessions();
      case Fault.ExhaustConnections exhaust -> stores.exhaustConnections(exhaust.millis());
      case Fault.KillService kill -> {
        platform.kill(kill.service());
        Thread.sleep(kill.downMillis());
        platform.startAgain(kill.service());
      }
      case Fault.KillBeforeReply kill -> {
        return killBeforeReply(kill);
      }
      case Fault.Trouble trouble -> {
        List<FaultyLink> hit = links.matching(trouble.links());
        hit.forEach(link -> link.set(trouble.fault()));
        Thread.sleep(trouble.millis());
        hit.forEach(link -> link.set(new LinkFault.None()));
      }
      case Fault.Reset reset -> links.matching(reset.links()).forEach(FaultyLink::reset);
    }
    return true;
  }

  private boolean killBeforeReply(Fault.KillBeforeReply kill)
      throws InterruptedException, IOException {
    FaultyLink link = links.matching(kill.link()).getFirst();
    CountDownLatch killed = new CountDownLatch(1);
    link.insteadOfNextReply(() -> kill(kill.service(), killed));
    if (!killed.await(kill.waitMillis(), TimeUnit.MILLISECONDS) && link.forgetNextReply()) {
      return false;
    }
    killed.await();
    platform.startAgain(kill.service());
    return true;
  }

  private void kill(ServiceName service, CountDownLatch killed) {
    try {
      platform.kill(service);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      killed.countDown();
    }
  }

  private synchronized void count(String kind) {
    done.merge(kind, 1, Integer::sum);
  }

  /// How many of each kind there were so far.
  public synchronized Map<String, Integer> done() {
    return new TreeMap<>(done);
  }
}
