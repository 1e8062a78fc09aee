package io.tallystick.verify.payment;

import io.tallystick.kit.error.ApiErrors;
import io.tallystick.verify.code.CodeOrder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Brings a known order to its end: waits for whoever works on it, or takes it over.
@Singleton
public class OrderResumption {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

  private final CodeOrders orders;
  private final OrderDriver driver;
  private final CodeConfig config;

  @Inject
  OrderResumption(CodeOrders orders, OrderDriver driver, CodeConfig config) {
    this.orders = orders;
    this.driver = driver;
    this.config = config;
  }

  /// The order when it is decided. Waits at most as long as a claim lasts.
  public CodeOrder finish(CodeOrder order) {
    Instant giveUpAt = orders.now().plus(config.claim());
    CodeOrder current = order;
    for (Duration pause = FIRST_PAUSE; current.isAuthorising(); pause = longer(pause)) {
      if (orders.now().isAfter(giveUpAt)) {
        throw ApiErrors.unavailable(
            "ORDER_UNDECIDED", "the order is not decided yet; query it or send it again");
      }
      current = look(current);
      if (current.isAuthorising()) {
        sleep(pause);
        current = orders.reread(current.key());
      }
    }
    return current;
  }

  /// The order as it is, or driven to its end if nobody works on it; never waits.
  public CodeOrder look(CodeOrder order) {
    if (!order.isAuthorising() || !order.claim().isOver(orders.now())) {
      return order;
    }
    Optional<CodeOrder> mine = orders.claim(order.key());
    return mine.isPresent() ? driver.drive(mine.get()) : orders.reread(order.key());
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiErrors.unavailable("STOPPING", "the service is stopping", e);
    }
  }
}
