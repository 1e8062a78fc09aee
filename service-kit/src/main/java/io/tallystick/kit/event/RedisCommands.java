package io.tallystick.kit.event;

import static java.util.Objects.requireNonNullElse;

import io.quarkus.redis.client.RedisClientName;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Sends commands of Redis 6.2 and waits for their answers, on virtual threads. Readers that block
/// use a client of their own, since each holds a connection.
@Singleton
class RedisCommands {
  static final String READERS = "streams";

  private static final Duration HEALTH_LIMIT = Duration.ofSeconds(1);

  private final Client commands;
  private final Client readers;
  private final Duration timeout;

  @Inject
  RedisCommands(
      Redis commands,
      @ConfigProperty(name = "quarkus.redis.max-pool-size") int commandConnections,
      @RedisClientName(READERS) Redis readers,
      @ConfigProperty(name = "quarkus.redis.streams.max-pool-size") int readerConnections,
      EventsConfig config) {
    this.commands = new Client(commands, new Semaphore(commandConnections, true));
    this.readers = new Client(readers, new Semaphore(readerConnections, true));
    this.timeout = config.redisTimeout();
  }

  /// Whether Redis answers now. Asked by health checks, so it takes less time than they have.
  boolean answers() {
    try {
      commands.await(redis -> redis.send(Request.cmd(Command.PING)), HEALTH_LIMIT);
      return true;
    } catch (RedisUnavailableException | RedisErrorException e) {
      return false;
    }
  }

  /// Sends one command.
  ///
  /// @throws RedisErrorException if Redis refuses it
  /// @throws RedisUnavailableException if Redis does not answer in time
  @Nullable Response send(Request request) {
    return commands.await(redis -> redis.send(request), timeout);
  }

  /// Sends commands of one hash slot together.
  List<Response> batch(List<Request> requests) {
    return commands.await(redis -> redis.batch(requests), timeout);
  }

  /// Sends a command that waits in Redis for up to `block`.
  @Nullable Response sendBlocking(Request request, Duration block) {
    return readers.await(redis -> redis.send(request), timeout.plus(block));
  }

  /// A client, and how many more requests it takes: as many as it has connections to a node. In a
  /// cluster each request takes a connection to every node, one after the other; if there were more
  /// requests, each could wait for a connection that another one holds, for ever.
  private record Client(Redis redis, Semaphore free) {
    <T> T await(Function<Redis, Future<T>> request, Duration most) {
      long end = System.nanoTime() + most.toNanos();
      try {
        if (!free.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
          throw new RedisUnavailableException("no connection to Redis was free within " + most);
        }
        return send(request)
            .toCompletionStage()
            .toCompletableFuture()
            .get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof ErrorType error) {
          throw RedisErrorException.of(requireNonNullElse(error.getMessage(), ""), error);
        }
        throw new RedisUnavailableException("Redis is away: " + reason(e.getCause()), e);
      } catch (TimeoutException e) {
        throw new RedisUnavailableException("Redis did not answer within " + most, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RedisUnavailableException("interrupted", e);
      }
    }

    /// With what is at the bottom of it: a certificate that is refused is told nowhere else.
    private static String reason(@Nullable Throwable failure) {
      Throwable deepest = failure;
      while (deepest != null && deepest.getCause() != null) {
        deepest = deepest.getCause();
      }
      return deepest == failure ? String.valueOf(failure) : failure + ": " + deepest;
    }

    /// The connections are free when the request has ended, not when nobody waits for it any more.
    private <T> Future<T> send(Function<Redis, Future<T>> request) {
      try {
        return request.apply(redis).onComplete(_ -> free.release());
      } catch (RuntimeException | Error failure) {
        free.release();
        throw failure;
      }
    }
  }
}
