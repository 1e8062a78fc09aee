package io.tallystick.kit.coalesce;

import static java.util.Objects.requireNonNull;

import io.grpc.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.TransientFailure;
import io.tallystick.kit.trace.TraceContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Executes requests that are in flight together as one batch: a drainer takes what is waiting, up
/// to the limit. Under no load a batch has one request and waits for nobody; under load it grows by
/// itself, which is when it pays. A drainer that comes back from several requests and finds fewer
/// waiting lets more come for a moment ([Limits#gather]): those it has just answered are on their
/// way with their next step, and what a batch costs is nearly the same for one as for ten.
///
/// If a batch fails, its requests are executed one by one, so that one poison request fails alone;
/// but not if the failure will pass by itself (the database is away): then all fail with it. The
/// batch function must therefore have no effect when it throws, as a transaction has none, and give
/// one result for each request, in their order.
///
/// Made by [Coalescers], which drains them when the service stops.
public final class Coalescer<Q, R> implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Coalescer.class);

  private final String name;
  private final Limits limits;
  private final @Nullable Function<Q, String> subject;
  private final Function<List<Q>, List<R>> execute;
  private final BlockingQueue<Waiting<Q, R>> queue;
  private final List<Thread> drainers = new ArrayList<>();
  private final ReentrantReadWriteLock closing = new ReentrantReadWriteLock();
  private final DistributionSummary batchSizes;
  private final Counter rejected;
  private boolean closed;

  Coalescer(String name, Limits limits, Function<List<Q>, List<R>> execute) {
    this(name, limits, null, execute);
  }

  /// @param subject what a request is about, so that its part of a batch keeps its trace
  Coalescer(
      String name,
      Limits limits,
      @Nullable Function<Q, String> subject,
      Function<List<Q>, List<R>> execute) {
    this.name = requireNonNull(name, "name is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.subject = subject;
    this.execute = requireNonNull(execute, "execute is null");
    this.queue = new ArrayBlockingQueue<>(limits.queue());
    this.batchSizes = Metrics.summary("tallystick.coalescer.batch", "name", name);
    this.rejected = Metrics.counter("tallystick.coalescer.rejected", "name", name);
    Gauge.builder("tallystick.coalescer.waiting", queue, BlockingQueue::size)
        .tag("name", name)
        .register(Metrics.globalRegistry);
    for (int i = 0; i < limits.drainers(); i++) {
      drainers.add(Thread.ofVirtual().name("coalescer-" + name + "-" + i).start(this::drain));
    }
  }

  /// Queues a request. Cancelling the future before its batch begins withdraws the request.
  ///
  /// @throws RejectedExecutionException if the queue is full or the service is stopping
  public CompletableFuture<R> submit(Q request) {
    String trace = subject == null ? null : TraceContext.current().orElse(null);
    Waiting.Request<Q, R> waiting =
        new Waiting.Request<>(request, new CompletableFuture<>(), trace);
    closing.readLock().lock();
    try {
      if (closed || !queue.offer(waiting)) {
        rejected.increment();
        throw new RejectedExecutionException(name + (closed ? " is stopping" : " is full"));
      }
    } finally {
      closing.readLock().unlock();
    }
    return waiting.answer();
  }

  /// Queues a request and waits for its answer. What the batch function threw is thrown here.
  ///
  /// @throws io.tallystick.kit.error.ApiException `UNAVAILABLE` if the queue is full,
  ///   `DEADLINE_EXCEEDED` after the time allowed, when the request may yet be executed
  public R call(Q request) {
    CompletableFuture<R> answer;
    try {
      answer = submit(request);
    } catch (RejectedExecutionException e) {
      throw ApiErrors.unavailable("OVERLOADED", "too many requests are waiting", e);
    }
    try {
      return answer.get(limits.patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(false);
      throw ApiErrors.deadlineExceeded("BATCH_TIMEOUT", "no answer within " + limits.patience());
    } catch (InterruptedException e) {
      answer.cancel(false);
      Thread.currentThread().interrupt();
      throw ApiErrors.unavailable("STOPPING", "the call was interrupted", e);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  /// How many requests wait for a drainer.
  public int waiting() {
    return queue.size();
  }

  /// Takes no more requests, executes those that wait, and returns when all are answered.
  @Override
  public void close() {
    closing.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      closing.writeLock().unlock();
    }
    try {
      for (int i = 0; i < drainers.size(); i++) {
        queue.put(new Waiting.Stop<>());
      }
      for (Thread drainer : drainers) {
        drainer.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.warnf("%s was interrupted while draining", name);
    }
  }

  private void drain() {
    List<Waiting<Q, R>> taken = new ArrayList<>(limits.batch());
    int stops = 0;
    while (stops == 0) {
      int before = taken.size();
      taken.clear();
      take(taken, before);
      List<Waiting.Request<Q, R>> batch = new ArrayList<>(taken.size());
      for (Waiting<Q, R> waiting : taken) {
        switch (waiting) {
          case Waiting.Request<Q, R> request -> batch.add(request);
          case Waiting.Stop<Q, R> _ -> stops++;
        }
      }
      batch.removeIf(request -> request.answer().isDone());
      if (!batch.isEmpty()) {
        execute(batch);
      }
    }
    handOver(stops - 1);
  }

  private void take(List<Waiting<Q, R>> taken, int before) {
    try {
      taken.add(queue.take());
      if (before > 1 && taken.size() + queue.size() < before) {
        Thread.sleep(limits.gather());
      }
    } catch (InterruptedException e) {
      throw new AssertionError("nobody has this thread to interrupt it", e);
    }
    queue.drainTo(taken, limits.batch() - 1);
  }

  /// Gives back the stops of other drainers. There is room in the end: for each such stop one
  /// drainer is still taking.
  private void handOver(int stops) {
    try {
      for (int i = 0; i < stops; i++) {
        queue.put(new Waiting.Stop<>());
      }
    } catch (InterruptedException e) {
      throw new AssertionError("nobody has this thread to interrupt it", e);
    }
  }

  private void execute(List<Waiting.Request<Q, R>> batch) {
    batchSizes.record(batch.size());
    try {
      List<Q> requests = batch.stream().map(Waiting.Request::request).toList();
      answer(batch, inTraces(batch, () -> execute.apply(requests)));
    } catch (RuntimeException | Error failure) {
      if (batch.size() == 1 || TransientFailure.is(failure)) {
        batch.forEach(request -> request.answer().completeExceptionally(failure));
      } else {
        LOG.debugf("%s executes %d requests one by one after: %s", name, batch.size(), failure);
        batch.forEach(request -> execute(List.of(request)));
      }
    }
  }

  private List<R> inTraces(List<Waiting.Request<Q, R>> batch, Supplier<List<R>> work) {
    if (subject == null) {
      return work.get();
    }
    Map<String, String> traces = new HashMap<>();
    for (Waiting.Request<Q, R> request : batch) {
      if (request.traceparent() != null) {
        traces.putIfAbsent(subject.apply(request.request()), request.traceparent());
      }
    }
    Context context = TraceContext.inBatch(Context.ROOT, traces);
    Context before = context.attach();
    try {
      return work.get();
    } finally {
      context.detach(before);
    }
  }

  private void answer(List<Waiting.Request<Q, R>> batch, List<R> results) {
    if (results.size() != batch.size()) {
      throw new AssertionError(
          "%s gave %d results for %d requests".formatted(name, results.size(), batch.size()));
    }
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).answer().complete(results.get(i));
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable failure) {
    return switch (failure) {
      case RuntimeException runtime -> runtime;
      case Error error -> throw error;
      case null, default ->
          throw new AssertionError("a batch function throws unchecked exceptions only", failure);
    };
  }

  /// What a queue holds.
  private sealed interface Waiting<Q, R> {
    record Request<Q, R>(Q request, CompletableFuture<R> answer, @Nullable String traceparent)
        implements Waiting<Q, R> {}

    /// Tells one drainer to end.
    record Stop<Q, R>() implements Waiting<Q, R> {}
  }
}
