package io.tallystick.verify.testing;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.tallystick.api.clearing.v1.PayRequest;
import io.tallystick.kit.database.Database;
import io.tallystick.sandbox.base.TallystickTestResource;
import io.tallystick.sandbox.base.TestPlatform;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;

/// What the integration tests have in common: real PostgreSQL and Redis, mTLS, played peers, and
/// for each test a terminal, a wallet and an order of its own.
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "verify"))
@WithTestResource(PeersResource.class)
public abstract class VerifyIT {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  protected TestPlatform platform;
  @Inject protected TestClock clock;
  @Inject protected PlayedSeed seed;
  @Inject protected PlayedRisk risk;
  @Inject protected PlayedClearing clearing;
  @Inject protected Terminals terminals;
  @Inject protected Outboxes outbox;
  @Inject protected Database database;

  protected TestTerminal terminal;
  protected Wallet wallet;
  protected String order;

  @BeforeEach
  void begin() {
    clock.reset();
    seed.reset();
    risk.reset();
    clearing.reset();
    terminal = terminals.register();
    wallet = newWallet();
    order = "order-" + number();
  }

  /// What clearing-service was asked to pay at this test's merchant. An order that an earlier test
  /// left undecided may be taken up meanwhile.
  protected List<PayRequest> pays() {
    return clearing.pays().stream()
        .filter(pay -> pay.getMerchantId().equals(terminal.merchantId()))
        .toList();
  }

  protected Wallet newWallet() {
    return seed.enrol("payer-" + number());
  }

  protected static int number() {
    return NUMBERS.incrementAndGet();
  }
}
