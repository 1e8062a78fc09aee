package io.tallystick.kit.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.events.v1.TapDecided;
import io.tallystick.kit.Eventually;
import io.tallystick.sandbox.base.Stores.Login;
import io.tallystick.sandbox.base.TallystickTestResource;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// From the outbox through the relay to a consumer, and what is written, published or deleted how
/// often.
@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "risk"))
class OutboxIT extends EventsHarness {
  @Inject OutboxCleaner cleaner;

  @Test
  void deliversOnceAndTrims() {
    clearing.start();
    append("pay_1");
    untilEffects("pay_1", 1);
    untilStatus("delivered", 1);
    Eventually.isTrue(() -> length() == 0);
  }

  @Test
  void appliesManyEventsEachOnce() {
    clearing.start();
    int count = 1_200;
    database.useTransaction(handle ->
        outbox.append(
            handle,
            IntStream.range(0, count)
                .mapToObj(i ->
                    new OutboxMessage(EventStream.DECISIONS, "payer-" + i, decided("pay_" + i)))
                .toList()));
    untilStatus("delivered", count);
    assertThat(number("select count(*) from effect")).isEqualTo(count);
    assertThat(number("select count(distinct event_id) from effect")).isEqualTo(count);
  }

  @Test
  void publishesNothingOfATransactionThatRollsBack() {
    clearing.start();
    assertThatThrownBy(() ->
            database.useTransaction(handle -> {
              outbox.append(handle, EventStream.DECISIONS, PAYER, decided("pay_lost"));
              throw new IllegalStateException("changed its mind");
            }))
        .hasMessage("changed its mind");
    append("pay_kept");
    untilEffects("pay_kept", 1);
    assertThat(effects("pay_lost")).isZero();
  }

  @Test
  void rowPublishedTwiceHasOneEffect() {
    append("pay_2");
    untilStatus("published", 1);
    // As after a crash between the answer of Redis and the commit.
    database.useTransaction(handle ->
        handle.execute("update outbox set status = 'pending', entry_ms = null, entry_seq = null"));
    relay.publish();
    untilStatus("published", 1);
    assertThat(length()).isEqualTo(2);
    clearing.start();
    untilStatus("delivered", 1);
    assertThat(effects("pay_2")).isEqualTo(1);
  }

  @Test
  void severalRelaysPublishEachRowOnce() throws Exception {
    int rows = 100;
    List<Future<Integer>> published = new ArrayList<>();
    try (ExecutorService relays = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < rows; i++) {
        append("pay_" + i);
        if (i % 10 == 0) {
          // Beside the relay of the service itself.
          published.add(relays.submit(relay::publish));
          published.add(relays.submit(relay::publish));
        }
      }
    }
    for (Future<Integer> some : published) {
      assertThat(some.get()).isLessThanOrEqualTo(rows);
    }
    untilStatus("published", rows);
    assertThat(length()).isEqualTo(rows);
  }

  @Test
  void notifyOfAForeignConnectionWakesTheRelay() throws Exception {
    Login admin = platform.stores().administrator();
    try (Connection connection =
            DriverManager.getConnection(
                platform.stores().jdbcUrl(), admin.username(), admin.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into risk.outbox (event_id, stream, partition, partition_key, type, occurred_at, payload)
          values (gen_random_uuid(), 'decisions', 0, 'someone', 'TapDecided', now(), '')
          """);
    }
    // The poll of the tests is longer than anything waits.
    untilStatus("published", 1);
  }

  @Test
  void leavesInTheOutboxWhatAFullPartitionHasNoRoomFor() {
    fill();
    append("pay_19");
    relay.publish();
    assertThat(number("select count(*) from outbox where status = 'pending'")).isEqualTo(1);
    redis.send(Request.cmd(Command.XTRIM).arg(key()).arg("MAXLEN").arg(0));
    untilStatus("published", 1);
  }

  @Test
  void deletesOldRowsAndNoOthers() {
    clearing.start();
    append("pay_20", "pay_21");
    untilStatus("delivered", 2);
    database.useTransaction(handle -> {
      handle.execute(
          """
          update outbox set delivered_at = delivered_at - interval '2 days'
          where id = (select min(id) from outbox)
          """);
      handle.execute(
          """
          update inbox set received_at = received_at - interval '91 days'
          where event_id = (select event_id from outbox order by id limit 1)
          """);
    });
    append("pay_22");
    untilEffects("pay_22", 1);
    cleaner.clean();
    assertThat(number("select count(*) from outbox")).isEqualTo(2);
    assertThat(number("select count(*) from inbox")).isEqualTo(2);
  }

  @Test
  void refusesStreamsOfOthersAndMessagesTooLarge() {
    assertThatThrownBy(() ->
            database.useTransaction(
                handle -> outbox.append(handle, EventStream.TOKENS, PAYER, decided("x"))))
        .hasMessage("risk does not produce tokens");
    TapDecided large = decided("x".repeat(config.largestBytes()));
    assertThatThrownBy(() ->
            database.useTransaction(
                handle -> outbox.append(handle, EventStream.DECISIONS, PAYER, large)))
        .hasMessageContaining("more than");
  }
}
