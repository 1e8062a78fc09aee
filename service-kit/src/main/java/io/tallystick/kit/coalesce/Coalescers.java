package io.tallystick.kit.coalesce;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// Makes coalescers and drains them when the service stops: after the last call was answered or
/// refused, before the database is closed.
@Singleton
public class Coalescers {
  /// Observer priority; the smaller ends first.
  static final int STOP = 200;

  private final List<Coalescer<?, ?>> made = new CopyOnWriteArrayList<>();
  private final CoalesceConfig config;

  @Inject
  Coalescers(CoalesceConfig config) {
    this.config = config;
  }

  /// @param name for threads and metrics
  /// @param execute gives one result for each request, in order; has no effect when it throws
  public <Q, R> Coalescer<Q, R> create(
      String name, Limits limits, Function<List<Q>, List<R>> execute) {
    Coalescer<Q, R> coalescer = new Coalescer<>(name, gathering(limits), execute);
    made.add(coalescer);
    return coalescer;
  }

  /// As [#create(String, Limits, Function)], with the trace of each request known to its part of
  /// the batch.
  ///
  /// @param subject the payment that a request is about
  public <Q, R> Coalescer<Q, R> create(
      String name, Limits limits, Function<Q, String> subject, Function<List<Q>, List<R>> execute) {
    Coalescer<Q, R> coalescer = new Coalescer<>(name, gathering(limits), subject, execute);
    made.add(coalescer);
    return coalescer;
  }

  /// Those that say nothing else gather for the configured time.
  private Limits gathering(Limits limits) {
    return limits.gather().isZero() ? limits.gathering(config.gather()) : limits;
  }

  void stop(@Observes @Priority(STOP) ShutdownEvent event) {
    made.forEach(Coalescer::close);
  }
}
