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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Sends commands of Redis 6.2 and waits for their answers, on virtual threads. Readers that block
/// use a client of their own, since each holds a connection.
@Singleton
class RedisCommands {
  private static final Duration HEALTH_LIMIT = Duration.ofSeconds(1);

  private final Redis commands;
  private final Redis readers;
  private final Duration timeout;

  @Inject
  RedisCommands(Redis commands, @RedisClientName("streams") Redis readers, EventsConfig config) {
    this.commands = commands;
    this.readers = readers;
    this.timeout = config.redisTimeout();
  }

  /// Whether Redis answers now. Asked by health checks, so it takes less time than they have.
  boolean answers() {
    try {
      await(commands.send(Request.cmd(Command.PING)), HEALTH_LIMIT);
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
    return await(commands.send(request), timeout);
  }

  /// Sends commands of one hash slot together.
  List<Response> batch(List<Request> requests) {
    return await(commands.batch(requests), timeout);
  }

  /// Sends a command that waits in Redis for up to `block`.
  @Nullable Response sendBlocking(Request request, Duration block) {
    return await(readers.send(request), timeout.plus(block));
  }

  private static <T> T await(Future<T> answer, Duration most) {
    try {
      return answer
          .toCompletionStage()
          .toCompletableFuture()
          .get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ErrorType error) {
        throw RedisErrorException.of(requireNonNullElse(error.getMessage(), ""), error);
      }
      throw new RedisUnavailableException("Redis is away: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new RedisUnavailableException("Redis did not answer within " + most, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisUnavailableException("interrupted", e);
    }
  }
}
