package io.tallystick.seed.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.kit.sealing.Sealing;
import io.tallystick.sandbox.base.KeyFile;
import io.tallystick.seed.harness.SeedIT;
import io.tallystick.seed.harness.Wallet;
import io.tallystick.seed.harness.Wallet.Credential;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rotating the key-encryption key of the running service.
@QuarkusTest
class ResealIT extends SeedIT {
  private static final Duration SHORT_LIVED_ENDS = Duration.ofMinutes(15);

  @Inject Sealing sealing;

  /// Other tests leave seeds behind, some of them damaged on purpose.
  @BeforeEach
  void retireWhatOthersLeft() throws SQLException {
    inside.change("update seed set sealed = null, retired_at = now() where sealed is not null");
  }

  @Test
  void sealsEverythingAnewWhileSeedsAreUsedAndRenewed() throws Exception {
    List<Phone> phones = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Wallet wallet = newWalletWithPassword();
      phones.add(new Phone(wallet, wallet.enrol()));
    }
    String onlineCode = onlineCode(phones.getFirst());
    int old = keys().current();
    int fresh = keys().add();
    keys().use(fresh);
    eventually("the new version seals", () -> status().get("current").asInt() == fresh);
    assertThat(matches(onlineCode)).as("an online code of before").isTrue();

    AtomicBoolean enough = new AtomicBoolean();
    ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> uses = new ArrayList<>();
      for (Phone phone : phones) {
        uses.add(threads.submit(() -> phone.useUntil(enough, failures)));
      }
      startReseal(202);
      eventually(
          "the job finishes", () -> !status().path("job").path("finishedAt").isMissingNode());
      enough.set(true);
      for (Future<?> use : uses) {
        use.get();
      }
    }

    assertThat(failures).isEmpty();
    assertThat(
            inside.count(
                "select count(*) from seed where sealed is not null and key_version <> ?", fresh))
        .isZero();
    assertThat(inside.count("select count(*) from issuer_key where key_version <> ?", fresh))
        .isZero();
    assertThat(
            inside.count(
                "select count(*) from security_event where kind = 'reseal_finished' and details->>'version' = ?",
                Integer.toString(fresh)))
        .isEqualTo(1);
    removeForGood(old);
    for (Phone phone : phones) {
      assertThat(matches(phone.code())).as("a code without the old key").isTrue();
      // The password was hashed under the old pepper, which is kept.
      phone.renew();
      assertThat(matches(phone.code())).isTrue();
    }
    operator.rotateTo("after-reseal-" + fresh, 40 + fresh);
  }

  @Test
  void keepsAVersionThatRowsNeedAndSaysSo() throws Exception {
    Wallet wallet = newWalletWithPassword();
    Phone phone = new Phone(wallet, wallet.enrol());
    int old = keys().current();
    int fresh = keys().add();
    keys().use(fresh);
    eventually("the new version seals", () -> status().get("current").asInt() == fresh);
    String line = keys().remove(old);
    eventually("the old version is held back", () -> holds(status().get("heldBack"), old));
    assertThat(holds(status().get("versions"), old)).isTrue();
    assertThat(matches(phone.code())).isTrue();
    keys().putBack(old, line);
    eventually("it is no longer missing", () -> status().get("heldBack").isEmpty());
  }

  @Test
  void goesOnWithAJobThatAnEndedReplicaLeft() throws Exception {
    Wallet wallet = newWalletWithPassword();
    wallet.enrol();
    int fresh = keys().add();
    keys().use(fresh);
    eventually("the new version seals", () -> status().get("current").asInt() == fresh);
    inside.change(
        "insert into reseal_job (key_version, requested_by, requested_at, resealed) values (?, 'gone', now(), 7)",
        fresh);
    eventually(
        "somebody finishes it",
        () -> {
          JsonNode job = status().path("job");
          return job.path("requestedBy").asText().equals("gone") && job.has("finishedAt");
        });
    assertThat(status().path("job").path("resealed").asLong()).isGreaterThan(7);
  }

  @Test
  void leavesARowThatDoesNotOpenAndCountsIt() throws Exception {
    Wallet wallet = newWalletWithPassword();
    wallet.enrol();
    byte[] good = sealed(wallet);
    byte[] bad = good.clone();
    bad[bad.length - 1] ^= 1;
    tamper(wallet, bad);
    int fresh = keys().add();
    keys().use(fresh);
    eventually("the new version seals", () -> status().get("current").asInt() == fresh);
    startReseal(202);
    eventually(
        "the job finishes",
        () ->
            status().path("job").path("version").asInt() == fresh
                && status().path("job").has("finishedAt"));
    assertThat(status().path("job").path("broken").asLong()).isEqualTo(1);
    assertThat(sealed(wallet)).isEqualTo(bad);
    tamper(wallet, good);
    startReseal(202);
    eventually(
        "everything is sealed anew",
        () ->
            inside.count(
                    "select count(*) from seed where sealed is not null and key_version <> ?",
                    fresh)
                == 0);
  }

  @Test
  void aFileThatIsNotUsableChangesNothing() throws Exception {
    int current = keys().current();
    String line = keys().remove(current);
    keys().use(current);
    eventually("the fault is told", () -> status().has("fault"));
    assertThat(status().get("current").asInt()).isEqualTo(current);
    keys().putBack(current, line);
    eventually("the fault has gone", () -> !status().has("fault"));
  }

  @Test
  void doesNotStartWithoutAVersionThatRowsNeed() throws SQLException {
    sealing.requireKeys();
    inside.change(
        "insert into kept_pepper (pepper_version, sealed, key_version, kept_at) values (999, '\\x03e7', 999, now())");
    try {
      assertThatThrownBy(sealing::requireKeys)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("version 999 for 1 rows of kept_pepper.sealed");
    } finally {
      inside.change("delete from kept_pepper where pepper_version = 999");
    }
  }

  @Test
  void isForOperatorsOnly() {
    Wallet payer = newWallet();
    assertThat(payer.get("/v1/key-encryption").status()).isEqualTo(403);
    assertThat(
            rest.send("POST", "/v1/key-encryption/reseals", token("auditor"), null, null).status())
        .isEqualTo(403);
    assertThat(rest.send("GET", "/v1/key-encryption", token("auditor"), null, null).status())
        .isEqualTo(200);
    assertThat(rest.send("GET", "/v1/key-encryption", null, null, null).status()).isEqualTo(401);
  }

  private final class Phone {
    private final Wallet wallet;
    private Credential credential;

    Phone(Wallet wallet, Credential credential) {
      this.wallet = wallet;
      this.credential = credential;
    }

    String code() {
      return credential.code(clock.instant(), 0);
    }

    void renew() {
      credential = wallet.renew(credential.deviceId(), clock.instant());
    }

    void useUntil(AtomicBoolean enough, ConcurrentLinkedQueue<String> failures) {
      int round = 0;
      while (!enough.get() || round < 4) {
        if (!matches(code())) {
          failures.add(wallet.payerId() + " in round " + round);
        }
        if (round++ % 3 == 0) {
          renew();
        }
      }
    }
  }

  private String onlineCode(Phone phone) {
    String key = Wallet.newKey();
    return phone
        .wallet
        .tryOnlineCode(
            key, phone.wallet.onlineCode(key, phone.credential.deviceId(), clock.instant()))
        .ok(201)
        .text("code");
  }

  /// What expires by itself within minutes keeps a version too.
  private void removeForGood(int old) {
    keys().remove(old);
    clock.advance(SHORT_LIVED_ENDS);
    eventually("the old version is gone", () -> !holds(status().get("versions"), old));
  }

  private byte[] sealed(Wallet wallet) {
    String hex =
        inside
            .rows("select encode(sealed, 'hex') from seed where payer_id = ?", wallet.payerId())
            .getFirst()
            .getFirst();
    return HexFormat.of().parseHex(hex);
  }

  private void tamper(Wallet wallet, byte[] sealed) throws SQLException {
    inside.change("update seed set sealed = ? where payer_id = ?", sealed, wallet.payerId());
  }

  private void startReseal(int expected) {
    rest.send("POST", "/v1/key-encryption/reseals", token("operator"), null, null).ok(expected);
  }

  private JsonNode status() {
    return rest.send("GET", "/v1/key-encryption", token("operator"), null, null).ok(200).body();
  }

  private String token(String role) {
    return platform.oidc().roleToken("someone", role);
  }

  private KeyFile keys() {
    return surroundings.keyFile();
  }

  private static boolean holds(JsonNode array, int version) {
    return StreamSupport.stream(array.spliterator(), false)
        .anyMatch(element -> element.asInt() == version);
  }
}
