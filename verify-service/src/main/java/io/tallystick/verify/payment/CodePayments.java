package io.tallystick.verify.payment;

import io.micrometer.core.instrument.Metrics;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.event.EventIds;
import io.tallystick.verify.code.CodeDigests;
import io.tallystick.verify.code.CodeMatch;
import io.tallystick.verify.code.CodeOrder;
import io.tallystick.verify.code.DeclineCause;
import io.tallystick.verify.code.OrderRequest;
import io.tallystick.verify.code.OrderState;
import io.tallystick.verify.code.Presentation;
import io.tallystick.verify.code.Presented;
import io.tallystick.verify.guess.GuessPolicy;
import io.tallystick.verify.guess.GuessVerdict;
import io.tallystick.verify.peer.SeedCodes;
import io.tallystick.verify.terminal.Terminal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `PayByCode`: guess limits, seed-service, the verify transaction, then the driver.
@Singleton
public class CodePayments {
  private final CodeConfig config;
  private final CodeDigests digests;
  private final CodeOrders orders;
  private final OrderResumption resumption;
  private final OrderDriver driver;
  private final SeedCodes seed;
  private final TurnedAwayTerminals turnedAway = new TurnedAwayTerminals();
  private final TerminalSlots slots;

  @Inject
  CodePayments(
      CodeConfig config,
      CodeOrders orders,
      OrderResumption resumption,
      OrderDriver driver,
      SeedCodes seed) {
    this.config = config;
    this.digests = new CodeDigests(HexFormat.of().parseHex(config.digestKey()));
    this.orders = orders;
    this.resumption = resumption;
    this.driver = driver;
    this.seed = seed;
    this.slots = new TerminalSlots(config.inFlightPerTerminal());
  }

  /// Pays an order, or answers it as it was answered first, brought up to date.
  ///
  /// @return the order; authorising never
  /// @throws ApiException `ALREADY_EXISTS` for another body, `RESOURCE_EXHAUSTED` after too many
  ///   wrong codes, `UNAVAILABLE` when the order is not decided
  public CodeOrder pay(Terminal terminal, CodePaymentRequest request) {
    long began = System.nanoTime();
    try (TerminalSlots.Slot _ = slots.take(terminal)) {
      CodeOrder order = answered(terminal, request);
      count(order);
      if (order.state() instanceof OrderState.Declined declined
          && declined.cause() == DeclineCause.CODE_REFUSED) {
        pauseUntil(began, config.refusalFloor());
      }
      return order;
    }
  }

  private CodeOrder answered(Terminal terminal, CodePaymentRequest request) {
    OrderRequest body = new OrderRequest(digests.code(request.code()), request.amount());
    Optional<GuessVerdict.TurnedAway> blocked = turnedAway.find(terminal, orders.now());
    if (blocked.isPresent()) {
      return known(request, body).orElseThrow(() -> tooManyWrongCodes(blocked.get()));
    }
    CodeMatch match;
    try {
      match = seed.check(request.code()).orElse(null);
    } catch (ApiException unchecked) {
      // A known order needs no seed-service.
      return known(request, body).orElseThrow(() -> unchecked(unchecked));
    }
    return switch (orders.present(presentation(terminal, request, body, match))) {
      case Presented.Fresh(var order) when order.isAuthorising() ->
          resumption.finish(driver.drive(order));
      case Presented.Fresh(var order) -> order;
      case Presented.Known(var order) -> resumption.finish(order);
      case Presented.Differs(var fields) -> throw differs(request, fields);
      case Presented.TurnedAway(var verdict) -> {
        turnedAway.remember(terminal, verdict, orders.now());
        throw tooManyWrongCodes(verdict);
      }
    };
  }

  private Optional<CodeOrder> known(CodePaymentRequest request, OrderRequest body) {
    return orders
        .find(request.key())
        .map(order -> {
          OrderRequest first = order.request();
          List<String> fields = first == null ? List.of() : first.differencesTo(body);
          if (!fields.isEmpty()) {
            throw differs(request, fields);
          }
          return resumption.finish(order);
        });
  }

  private Presentation presentation(
      Terminal terminal, CodePaymentRequest request, OrderRequest body, @Nullable CodeMatch match) {
    Instant now = orders.now();
    String merchant = terminal.merchant().value();
    return new Presentation(
        request.key(),
        "pay_" + EventIds.at(now),
        terminal.id(),
        body,
        match,
        request.amount().amountMinor() > config.largestAmountMinor(),
        GuessPolicy.keys(merchant, terminal.id().value(), digests.alias(request.code()).toString()),
        now.plus(config.claim()),
        now);
  }

  /// Whatever kept seed-service from answering, nothing was consumed.
  private static ApiException unchecked(ApiException failure) {
    return ApiErrors.unavailable(
        "CODE_UNCHECKED", "the code could not be checked; send the order again", failure);
  }

  private static ApiException differs(CodePaymentRequest request, List<String> fields) {
    return ApiErrors.keyReused(request.key().order().value(), String.join(", ", fields));
  }

  private static void count(CodeOrder order) {
    String outcome =
        order.state() instanceof OrderState.Declined(var cause, var _)
            ? cause.label()
            : order.state().label();
    Metrics.counter("tallystick.verify.code.payments", "outcome", outcome).increment();
  }

  private ApiException tooManyWrongCodes(GuessVerdict.TurnedAway verdict) {
    Metrics.counter("tallystick.verify.code.turned.away", "scope", verdict.scope().label())
        .increment();
    long seconds = Math.max(1, Duration.between(orders.now(), verdict.until()).toSeconds());
    return ApiErrors.resourceExhausted(
            "TOO_MANY_WRONG_CODES",
            "too many wrong codes at this " + verdict.scope().label() + "; try again later")
        .with("scope", verdict.scope().label())
        .with("retryAfterSeconds", Long.toString(seconds));
  }

  private static void pauseUntil(long began, Duration floor) {
    long left = floor.toNanos() - (System.nanoTime() - began);
    if (left <= 0) {
      return;
    }
    try {
      Thread.sleep(Duration.ofNanos(left));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiErrors.unavailable("STOPPING", "the service is stopping", e);
    }
  }
}
