package io.tallystick.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.sandbox.soak.Soak;
import io.tallystick.sandbox.soak.SoakReport;
import io.tallystick.sandbox.soak.check.Findings;
import io.tallystick.sandbox.soak.check.SoakChecker;
import io.tallystick.sandbox.soak.plan.Fault;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two minutes under faults, and that the checker, which then finds nothing, finds each thing that
/// could be wrong.
///
/// It has a platform of its own, and a virtual machine of its own, so that no other platform takes
/// the processor from it. `-Dsoak.minutes` and `-Dsoak.seed` change what it plays.
@Tag("own-platform")
class SoakIT {
  private static final long SEED = Long.getLong("soak.seed", 20_260);

  private static final int MINUTES = Integer.getInteger("soak.minutes", 2);

  private static final List<String> JVM_OPTIONS =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private static Soak soak;
  private static SoakReport report;

  @BeforeAll
  static void play() throws Exception {
    Path checkout = Path.of("..").toAbsolutePath().normalize();
    Path folder = Path.of("target", "soak-" + ProcessHandle.current().pid()).toAbsolutePath();
    soak =
        Soak.start(
            new Soak.Options(checkout, folder, SEED, Duration.ofMinutes(MINUTES), JVM_OPTIONS),
            System.out::println);
    report = soak.play();
  }

  @AfterAll
  static void stop() throws Exception {
    if (soak != null) {
      soak.close();
    }
  }

  @Test
  void keepsEveryWordItGave() {
    assertThat(report.findings()).isEmpty();
    assertThat(report.sound()).isTrue();
  }

  @Test
  void hadSomethingToKeep() {
    assertThat(report.faults().keySet()).contains(kindsOfFault());
    assertThat(report.told().getOrDefault("pay paid", 0L)).isGreaterThan(100);
    assertThat(report.told().getOrDefault("tap accepted", 0L)).isGreaterThan(50);
    assertThat(report.looked()).allSatisfy((check, things) -> assertThat(things).isPositive());
  }

  /// As the report counts those that hit something.
  private static String[] kindsOfFault() {
    return Stream.of(Fault.class.getPermittedSubclasses())
        .map(Class::getSimpleName)
        .toArray(String[]::new);
  }

  /// Each is done in a transaction that is rolled back, past the triggers and foreign keys that
  /// refuse it to everybody.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          an entry more            | every entry is in a posting     | insert into clearing.entry select owner_id, posting_id, 99, account_owner_id, account_id, 1, currency from clearing.entry limit 1
          a lost payment           | every answer about an order     | delete from clearing.payment where (payer_id, payment_id) in (select payer_id, payment_id from clearing.payment where state = 'paid' limit 1)
          a payment unsaid         | every answer about an order     | update clearing.payment set state = 'declined', decline_reason = 'x' where (payer_id, payment_id) in (select payer_id, payment_id from clearing.payment where state = 'paid' limit 1)
          a payment made twice     | no payment was made twice       | with twice as (insert into clearing.posting select owner_id, gen_random_uuid(), kind, payment_id, 'again', posted_at from clearing.posting where kind = 'payment' limit 1 returning owner_id, posting_id, payment_id) insert into clearing.entry select t.owner_id, t.posting_id, e.line, e.account_owner_id, e.account_id, e.amount_minor, e.currency from twice t join clearing.posting p on p.payment_id = t.payment_id and p.kind = 'payment' join clearing.entry e on e.posting_id = p.posting_id
          a balance off by one     | no balance is off               | update clearing.account set posted_minor = posted_minor + 1 where (owner_id, account_id) in (select owner_id, account_id from clearing.account where kind = 'available' limit 1)
          one cent moved in the books | no balance is off            | with moved as (insert into clearing.posting values ('payer-00', gen_random_uuid(), 'allowance', null, 'theft', now()) returning owner_id, posting_id), one as (insert into clearing.entry select owner_id, posting_id, 1, 'payer-00', 'payer:payer-00:available:CNY', -1, 'CNY' from moved), two as (insert into clearing.entry select owner_id, posting_id, 2, 'payer-01', 'payer:payer-01:available:CNY', 1, 'CNY' from moved) update clearing.account set posted_minor = posted_minor + case owner_id when 'payer-00' then -1 else 1 end where kind = 'available' and owner_id in ('payer-00', 'payer-01')
          a half nobody sent       | every half is matched           | insert into verify.tap_half select serial, case side when 'WALLET' then 'TERMINAL' else 'WALLET' end, half, is_late, received_at from verify.tap_half h where (select count(*) from verify.tap_half o where o.serial = h.serial) = 1 limit 1
          a half lost              | every half is matched           | delete from verify.tap_half where (serial, side) in (select serial, side from verify.tap_half limit 1)
          a half not matched       | every half is matched           | update clearing.tap set halves_state = 'wallet-only' where payment_id in (select payment_id from clearing.tap where halves_state = 'matched' limit 1)
          a challenge never ended  | every challenge ended           | update notify.challenge set state = 'delivered', ended_at = null where challenge_id in (select challenge_id from notify.challenge limit 1)
          a frozen amount left     | every challenge ended           | update clearing.account set held_minor = 1 where (owner_id, account_id) in (select owner_id, account_id from clearing.account where kind = 'available' limit 1)
          an event given up        | nothing is on its way           | insert into clearing.dead_letter (consumer, stream, partition, entry_id, reason, message, deliveries, died_at) values ('clearing', 'tokens', 0, '1-1', 'HANDLER_FAILED', 'x', 5, now())
          an event not delivered   | nothing is on its way           | update verify.outbox set status = 'pending', entry_ms = null, entry_seq = null where id in (select id from verify.outbox limit 1)
          """)
  void checkerFinds(String what, String check, String damage) throws Exception {
    try (Connection connection = soak.look()) {
      connection.setAutoCommit(false);
      int rows = harm(connection, damage);
      Findings findings = SoakChecker.check(soak.claims(), connection);
      connection.rollback();
      assertThat(rows).as("rows harmed").isPositive();
      assertThat(findings.byCheck().keySet())
          .as(what)
          .anySatisfy(name -> assertThat(name).startsWith(check));
    }
  }

  private static int harm(Connection connection, String damage) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local session_replication_role = replica");
      return statement.executeUpdate(damage);
    }
  }
}
