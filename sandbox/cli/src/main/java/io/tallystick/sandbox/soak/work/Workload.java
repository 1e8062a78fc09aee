package io.tallystick.sandbox.soak.work;

import io.tallystick.sandbox.soak.plan.PlannedStep;
import io.tallystick.sandbox.soak.plan.SoakPlan;
import io.tallystick.sandbox.soak.told.ToldJournal;
import io.tallystick.sandbox.story.Stage;
import io.tallystick.sdk.wallet.http.UnreachableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// All payers and tills of a plan, from their arrival to the last question.
public final class Workload implements AutoCloseable {
  /// At the end, how often something is tried that has to come to an answer.
  private static final int LAST_TRIES = 40;

  private static final long LAST_PAUSE_MILLIS = 500;
  private static final long STEPS_POLL_MILLIS = 20;
  private static final int ARRIVING_TOGETHER = 6;

  private final SoakPlan plan;
  private final List<Till> tills;
  private final List<SoakPayer> payers;
  private final PayerLane.Desk desk;
  private final AtomicInteger done = new AtomicInteger();
  private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
  private volatile boolean enough;

  private Workload(
      SoakPlan plan, Stage stage, ToldJournal journal, List<Till> tills, List<SoakPayer> payers) {
    this.plan = plan;
    this.tills = List.copyOf(tills);
    this.payers = List.copyOf(payers);
    this.desk =
        new PayerLane.Desk(
            new Counters(journal),
            new Wallets(journal),
            new TillUploads(journal),
            new ChallengeAnswers(stage, journal),
            this::surprise);
  }

  /// Opens the tills and has the payers arrive, on a whole platform.
  public static Workload gather(SoakPlan plan, Stage stage, ToldJournal journal)
      throws IOException, InterruptedException {
    List<Till> tills = new ArrayList<>();
    for (int number = 0; number < plan.tills(); number++) {
      tills.add(Till.open(stage, number, tillHabit(plan, number)));
    }
    List<Callable<SoakPayer>> arrivals = new ArrayList<>();
    for (int number = 0; number < plan.payers(); number++) {
      int payer = number;
      arrivals.add(() -> SoakPayer.arrive(stage, payer, payerHabit(payer), journal));
    }
    return new Workload(plan, stage, journal, tills, together(ARRIVING_TOGETHER, arrivals));
  }

  private static Till.Habit tillHabit(SoakPlan plan, int number) {
    if (number == plan.tills() - 1) {
      return Till.Habit.NEVER;
    }
    return number == plan.tills() - 2 ? Till.Habit.LATE : Till.Habit.PROMPT;
  }

  private static Till.Habit payerHabit(int number) {
    return switch (number % 10) {
      case 8 -> Till.Habit.LATE;
      case 9 -> Till.Habit.NEVER;
      default -> Till.Habit.PROMPT;
    };
  }

  /// Does all that is planned; returns when the last payer has come to the end of it.
  public void run() throws InterruptedException {
    long begun = System.nanoTime();
    List<Thread> lanes = new ArrayList<>();
    for (int number = 0; number < payers.size(); number++) {
      int payer = number;
      PayerLane lane = new PayerLane(payers.get(number), tills, desk);
      List<PlannedStep> steps =
          plan.steps().stream().filter(step -> step.payer() == payer).toList();
      lanes.add(
          Thread.ofPlatform()
              .name("payer-" + number)
              .daemon()
              .start(() -> follow(lane, steps, begun)));
    }
    for (Thread lane : lanes) {
      lane.join();
    }
  }

  private void follow(PayerLane lane, List<PlannedStep> steps, long begun) {
    try {
      for (PlannedStep step : steps) {
        long early = step.atMillis() - (System.nanoTime() - begun) / 1_000_000;
        if (early > 0) {
          Thread.sleep(early);
        }
        if (enough) {
          return;
        }
        lane.take(step);
        done.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Every payer ends what it is doing and does no more of what is planned.
  public void enough() {
    enough = true;
  }

  /// On a whole platform: everything withheld is sent, everything is sent once more, and every
  /// refund without an answer gets one.
  public void finish() throws InterruptedException {
    List<Callable<Boolean>> errands = new ArrayList<>();
    for (Till till : tills) {
      if (till.habit() != Till.Habit.NEVER) {
        errands.add(() -> insist("the halves of a till", () -> desk.uploads().bySdk(0, till)));
      }
    }
    for (SoakPayer payer : payers) {
      if (payer.habit() != Till.Habit.NEVER) {
        errands.add(
            () -> insist("the halves of " + payer.id(), () -> desk.wallets().upload(0, payer)));
      }
    }
    for (Counters.Refund refund : desk.counters().refunds()) {
      errands.add(() -> insist(refund.refundId(), () -> desk.counters().send(0, refund)));
    }
    together(ARRIVING_TOGETHER, errands);
    for (Till till : tills) {
      if (till.habit() != Till.Habit.NEVER) {
        desk.uploads().everythingAgain(0, till);
      }
    }
  }

  /// When the platform has come to rest: what became of every order, what every payer has.
  public void readOut() throws InterruptedException {
    List<Callable<Boolean>> errands = new ArrayList<>();
    for (Order order : desk.counters().presented()) {
      errands.add(() -> insist(order.subject(), () -> desk.counters().query(0, order)));
    }
    for (SoakPayer payer : payers) {
      errands.add(() ->
          insist(
              "the bills of " + payer.id(),
              () -> {
                desk.wallets().readOut(payer);
                return true;
              }));
    }
    together(ARRIVING_TOGETHER, errands);
  }

  /// Waits until so many steps were taken.
  public void awaitSteps(int number) throws InterruptedException {
    while (done.get() < number) {
      Thread.sleep(STEPS_POLL_MILLIS);
    }
  }

  /// Steps that were taken so far.
  public int done() {
    return done.get();
  }

  /// What callers met that no caller should: exceptions that the SDKs don't promise, calls that
  /// never got an answer.
  public List<String> surprises() {
    return List.copyOf(surprises);
  }

  private boolean insist(String what, BooleanSupplier attempt) throws InterruptedException {
    for (int i = 0; i < LAST_TRIES; i++) {
      try {
        if (attempt.getAsBoolean()) {
          return true;
        }
      } catch (UnreachableException | io.tallystick.sdk.terminal.UnreachableException later) {
        // Tried again below.
      } catch (RuntimeException e) {
        surprise(e);
        return false;
      }
      Thread.sleep(LAST_PAUSE_MILLIS);
    }
    surprises.add(what + " got no certain answer from a whole platform");
    return false;
  }

  private void surprise(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    surprises.add(trace.toString());
  }

  private static <T> List<T> together(int threads, List<Callable<T>> tasks)
      throws InterruptedException {
    List<T> results = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (Future<T> result : executor.invokeAll(tasks)) {
        results.add(result.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return results;
  }

  @Override
  public void close() {
    payers.forEach(SoakPayer::close);
    tills.forEach(Till::close);
  }
}
