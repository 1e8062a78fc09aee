package io.tallystick.sandbox.soak.plan;

import io.tallystick.sandbox.platform.ServiceName;
import io.tallystick.sandbox.proxy.LinkFault;
import io.tallystick.sandbox.soak.plan.Fault.CrashPostgres;
import io.tallystick.sandbox.soak.plan.Fault.EndSessions;
import io.tallystick.sandbox.soak.plan.Fault.ExhaustConnections;
import io.tallystick.sandbox.soak.plan.Fault.FlushRedis;
import io.tallystick.sandbox.soak.plan.Fault.KillBeforeReply;
import io.tallystick.sandbox.soak.plan.Fault.KillRedis;
import io.tallystick.sandbox.soak.plan.Fault.KillService;
import io.tallystick.sandbox.soak.plan.Fault.Reset;
import io.tallystick.sandbox.soak.plan.Fault.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Draws faults: first every kind once, each service killed among them, in an order of its own;
/// then those that are worth more than one; then all of it again, as long as there is time. Pauses
/// are bounded so that two minutes have room for every kind, whatever the seed.
final class FaultPlan {
  /// Links under TLS between parts that call each other, in which replies mean something to
  /// somebody.
  private static final List<String> CALLS =
      List.of(
          "terminals>verify",
          "wallets>seed",
          "wallets>verify",
          "wallets>notify",
          "verify>seed",
          "verify>risk",
          "verify>clearing",
          "seed>clearing");

  private final Random random;

  FaultPlan(long seed) {
    this.random = new Random(seed ^ 0xFA_017L);
  }

  List<PlannedFault> draw(long firstMillis, long lastMillis) {
    List<PlannedFault> plan = new ArrayList<>();
    List<Fault> bag = List.of();
    long at = firstMillis;
    while (at < lastMillis) {
      if (bag.isEmpty()) {
        bag = bag();
      }
      Fault fault = bag.removeFirst();
      plan.add(new PlannedFault(plan.size() + 1, at, fault));
      at += pauseAfter(fault);
    }
    return List.copyOf(plan);
  }

  private List<Fault> bag() {
    List<Fault> bag = new ArrayList<>(shuffled(everyKind()));
    bag.addAll(shuffled(more()));
    return bag;
  }

  private List<Fault> everyKind() {
    List<Fault> kinds = new ArrayList<>();
    for (ServiceName service : ServiceName.values()) {
      kinds.add(new KillService(service, between(0, 800)));
    }
    kinds.add(new KillBeforeReply("verify>clearing", ServiceName.CLEARING, 3_000));
    kinds.add(new KillBeforeReply("terminals>verify", ServiceName.VERIFY, 3_000));
    kinds.add(new KillBeforeReply("clearing>postgres", ServiceName.CLEARING, 3_000));
    kinds.add(new FlushRedis());
    kinds.add(new KillRedis(between(500, 3_000)));
    kinds.add(new CrashPostgres());
    kinds.add(new EndSessions());
    kinds.add(new ExhaustConnections(between(1_500, 3_500)));
    kinds.add(slow("*>postgres", 5, 60));
    kinds.add(new Trouble("verify>clearing", new LinkFault.LosesReplies(), between(300, 1_500)));
    kinds.add(new Trouble(anyCall(), new LinkFault.ForgetsConnections(), between(200, 800)));
    kinds.add(new Trouble(anyCall(), new LinkFault.RepeatsReplies(), between(200, 800)));
    kinds.add(new Trouble(anyCall(), new LinkFault.Refuses(), between(500, 2_000)));
    kinds.add(new Reset("*>postgres"));
    return kinds;
  }

  /// The same kinds at other places.
  private List<Fault> more() {
    List<Fault> more = new ArrayList<>();
    more.add(new FlushRedis());
    more.add(slow("*>redis", 30, 250));
    more.add(slow(anyCall(), 50, 400));
    more.add(new Trouble(anyCall(), new LinkFault.LosesReplies(), between(500, 2_500)));
    more.add(new Trouble("*>redis", new LinkFault.LosesReplies(), between(300, 1_500)));
    more.add(new Reset("*>redis"));
    more.add(new Reset(anyCall()));
    return more;
  }

  private List<Fault> shuffled(List<Fault> faults) {
    Collections.shuffle(faults, random);
    return faults;
  }

  private Trouble slow(String links, int least, int most) {
    return new Trouble(
        links, new LinkFault.Slow(Duration.ofMillis(between(least, most))), between(1_500, 4_000));
  }

  private String anyCall() {
    return CALLS.get(random.nextInt(CALLS.size()));
  }

  /// Time to come back before the next: a process that starts takes longer than a connection.
  private long pauseAfter(Fault fault) {
    return switch (fault) {
      case KillService _, KillBeforeReply _, CrashPostgres _ -> between(4_000, 7_500);
      case KillRedis(long down) -> down + between(1_000, 3_000);
      case ExhaustConnections(long millis) -> millis + between(500, 2_500);
      case Trouble trouble -> trouble.millis() + between(200, 2_000);
      case FlushRedis _, EndSessions _, Reset _ -> between(800, 2_500);
    };
  }

  private long between(int least, int most) {
    return least + (long) random.nextInt(most - least + 1);
  }
}
