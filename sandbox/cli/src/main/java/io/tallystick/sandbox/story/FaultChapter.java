package io.tallystick.sandbox.story;

import io.tallystick.api.clearing.v1.CheckLedgerResponse;
import io.tallystick.protocol.code.PaymentCode;
import io.tallystick.sandbox.cli.operator.LedgerCommand;
import io.tallystick.sandbox.platform.Platform;
import io.tallystick.sandbox.platform.ServiceName;
import io.tallystick.sandbox.soak.fault.FaultRunner;
import io.tallystick.sandbox.soak.fault.Links;
import io.tallystick.sandbox.soak.plan.Fault;
import io.tallystick.sdk.terminal.UnreachableException;
import io.tallystick.sdk.terminal.platform.OrderState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The worst moment to die, and Redis gone in the same second.
final class FaultChapter implements Chapter {
  private static final String AMOUNT = "8.80";
  private static final long AMOUNT_MINOR = 880;
  private static final long KILL_SECONDS = 10;

  private final Platform platform;
  private final Links links;
  private @Nullable Payer vera;
  private String order = "";
  private String code = "";
  private OrderState.@Nullable Paid paid;

  /// @param links with the one between verify-service and clearing-service
  FaultChapter(Platform platform, Links links) {
    this.platform = platform;
    this.links = links;
  }

  @Override
  public String title() {
    return "A crash between commit and answer";
  }

  @Override
  public void play(Cast cast) {
    Narrator narrator = cast.narrator();
    narrator.step(
        "clearing-service is killed (-9) when it has taken the money and not yet said so",
        () -> crash(cast));
    narrator.step(
        "Redis has lost everything: payer and merchant are told all the same", () -> told(cast));
    narrator.step("Sent again: paid once, and the ledger is sound", () -> once(cast));
  }

  private void crash(Cast cast) throws Exception {
    Payer payer = cast.readyPayer("vera");
    vera = payer;
    PaymentCode shown = payer.offlineCode();
    order = cast.cafe().nextOrder();
    code = shown.digits();
    CompletableFuture<Instant> killed = new CompletableFuture<>();
    links
        .matching("verify>clearing")
        .forEach(link -> link.insteadOfNextReply(() -> killed.complete(kill())));
    OrderState learned = payThroughTheCrash(cast.cafe());
    Instant killedAt = killed.get(KILL_SECONDS, TimeUnit.SECONDS);
    if (!(learned instanceof OrderState.Paid answer)) {
      throw new StoryFailure("not paid: " + learned);
    }
    paid = answer;
    Duration before = Duration.between(answer.paidAt(), killedAt);
    StoryFailure.unless(!before.isNegative(), "it was paid after the crash, not before");
    cast.narrator()
        .tell(
            "paid %d ms before the crash; the till asked by order id until clearing-service was"
                + " back: %s",
            before.toMillis(), learned);
    // verify-service may have learned it from the stream, before clearing-service is back.
    platform.awaitReady();
  }

  /// The till asks by order id until it is certain. If that takes too long, on a slow machine, it
  /// sends the same order again once the platform is back.
  private OrderState payThroughTheCrash(Shop cafe) throws Exception {
    try {
      return cafe.pay(order, code, AMOUNT);
    } catch (UnreachableException stillAway) {
      platform.awaitReady();
      return cafe.pay(order, code, AMOUNT);
    }
  }

  /// The answer is in the proxy's hands: the money has moved, nobody knows.
  private Instant kill() {
    try {
      platform.kill(ServiceName.CLEARING);
      Instant killedAt = Instant.now();
      new FaultRunner(platform, links, _ -> {}).inflict(new Fault.FlushRedis());
      platform.startAgain(ServiceName.CLEARING);
      return killedAt;
    } catch (IOException e) {
      throw new UncheckedIOException("clearing-service can't be started again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoryFailure("interrupted");
    }
  }

  private void told(Cast cast) throws Exception {
    Payer payer = required();
    OrderState.Paid answer = paidAnswer();
    cast.narrator().tell("vera reads: %s", payer.told(answer.paymentId(), "paid").text());
    cast.narrator()
        .tell(
            "the merchant reads: %s",
            cast.desk().told(answer.paymentId(), "paid").get("type").getAsString());
  }

  private void once(Cast cast) {
    try (Payer payer = required()) {
      StoryFailure.unlessEqual(
          paidAnswer(), cast.cafe().pay(order, code, AMOUNT), "the order sent again");
      long has =
          payer.client().bills().balances().stream()
              .mapToLong(balance ->
                  balance.available().amountMinor()
                      + balance.allowances().stream()
                          .mapToLong(allowance -> allowance.left().amountMinor())
                          .sum())
              .sum();
      StoryFailure.unlessEqual(50_000 - AMOUNT_MINOR, has, "what vera has left");
      cast.narrator().tell("vera had 500.00 and has %d.%02d", has / 100, has % 100);
      CheckLedgerResponse check = LedgerCommand.check(cast.stage().description());
      StoryFailure.unless(check.getSound(), "the ledger is not sound");
    }
  }

  private Payer required() {
    Payer payer = vera;
    if (payer == null) {
      throw new StoryFailure("vera never came");
    }
    return payer;
  }

  private OrderState.Paid paidAnswer() {
    OrderState.Paid answer = paid;
    if (answer == null) {
      throw new StoryFailure("nothing was paid");
    }
    return answer;
  }
}
