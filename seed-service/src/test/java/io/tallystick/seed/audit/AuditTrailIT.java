package io.tallystick.seed.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.kit.database.Database;
import io.tallystick.seed.harness.SeedIT;
import io.tallystick.seed.harness.Wallet;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AuditTrailIT extends SeedIT {
  @Inject Database database;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update security_event set actor = 'nobody'",
        "delete from security_event",
        "truncate security_event"
      })
  void isAppendOnly(String statement) {
    Wallet wallet = newWalletWithPassword();
    wallet.enrol();

    assertThatThrownBy(() -> database.useTransaction(handle -> handle.execute(statement)))
        .hasMessageContaining("append-only");

    assertThat(audited(wallet, "password_set")).isEqualTo(1);
    assertThat(audited(wallet, "device_enrolled")).isEqualTo(1);
  }

  @Test
  void notesIssuerKeys() {
    operator.rotateTo("audited-" + Wallet.newKey(), 8);

    assertThat(
            inside.count(
                "select count(*) from security_event where kind = 'issuer_key_created'"
                    + " and actor = 'spiffe://tallystick.io/operator/alice'"))
        .isPositive();
    assertThat(
            inside.count(
                "select count(*) from security_event"
                    + " where kind = 'issuer_certificate_installed'"
                    + " and details ->> 'certificateDigest' is not null"))
        .isPositive();
  }
}
