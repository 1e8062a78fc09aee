package io.tallystick.verify.payment;

import io.micrometer.core.instrument.Metrics;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import io.tallystick.verify.code.CodeOrder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/// Ends orders that were left authorising and that nobody asked about again: clearing-service's
/// word is taken where it has one; otherwise the payment is stopped.
@Singleton
public class StaleOrders {
  /// Most orders of one sweep; the next one is due soon.
  static final int MOST = 50;

  private static final Logger LOG = Logger.getLogger(StaleOrders.class);

  private final CodeOrders orders;
  private final OrderDriver driver;

  @Inject
  StaleOrders(CodeOrders orders, OrderDriver driver) {
    this.orders = orders;
    this.driver = driver;
  }

  /// Ends what it can; returns how many orders it ended. What it cannot end now it meets again.
  public int sweep() {
    List<CodeOrder> stale = orders.claimStale(MOST);
    int ended = 0;
    for (CodeOrder order : stale) {
      try {
        driver.drive(order);
        ended++;
      } catch (ApiException undecided) {
        LOG.warnf("payment %s stays authorising: %s", order.paymentId(), undecided.reason());
      } catch (RuntimeException | Error failure) {
        LOG.warnf("payment %s stays authorising: %s", order.paymentId(), ApiErrors.from(failure));
      }
    }
    Metrics.counter("tallystick.verify.orders.swept").increment(ended);
    return ended;
  }
}
